using CourseLib.Activations;
using CourseLib.Initializers;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Models;
using CourseLib.Optimizers.Descent;
using CourseLib.Optimizers;
using CourseLib.Regularizers;
using CourseLib.Schedules;
using CourseLib.Training;

namespace CourseLib.Tests.Coverage;

/// <summary>A word of the lectures and what stands for it in the library.</summary>
/// <param name="Name">The field's English name; tests name it in <see cref="TermAttribute"/>.</param>
/// <param name="Russian">The word that the lectures use.</param>
/// <param name="Lectures">Where: perc, intro, init, cnn … with the slide's heading.</param>
/// <param name="Types">The types that implement it: removing one stops the tests from compiling.</param>
internal sealed record Term(string Name, string Russian, string Lectures, params Type[] Types);

/// <summary>Every term that the five lectures mention, in their order.</summary>
internal static class Terms
{
    internal static readonly Term[] All =
    [
        new("Sigmoid", "сигмоид", "perc, \"Сигмоид\"", typeof(CourseLib.Activations.Sigmoid)),
        new("ReLU", "ReLU", "perc, \"Rectified linear unit\"", typeof(ReLU)),

        // Activations.
        new("Linear activation", "линейная функция активации", "intro, \"Функции активации\"", typeof(Identity)),
        new("Binary step", "ступенька", "intro, \"Функции активации\"", typeof(BinaryStep)),
        new("Hyperbolic tangent", "гиперболический тангенс", "perc, \"tanh\"; intro, \"Функции активации\"", typeof(CourseLib.Activations.Tanh)),
        new("Leaky ReLU", "Leaky ReLU", "init, \"Leaky ReLU\"; intro, \"Функции активации\"; perc, \"Модификации ReLU\"", typeof(LeakyReLU), typeof(PReLU)),
        new("Softplus", "softplus", "intro, \"Функции активации\"; cnn, \"Ещё о функциях активации\"", typeof(Softplus)),
        new("ELU", "ELU", "init, \"ELU\"; intro, \"Функции активации\"; cnn, \"Ещё о функциях активации\"", typeof(ELU)),
        new("GELU", "GELU", "init, \"Функции активации: ВЫВОД\"", typeof(GELU)),
        new("Maxout", "Maxout", "init, \"Maxout\"", typeof(Maxout)),
        new("Swish", "Swish", "cnn, \"Ещё о функциях активации\"", typeof(Swish), typeof(SiLU)),
        new("Mish", "Mish", "cnn, \"Ещё о функциях активации\"", typeof(Mish)),
        new("Smooth maximum", "гладкий максимум", "cnn, \"Ещё о функциях активации\"", typeof(AconC)),
        new("ACON", "ActivateOrNot (ACON)", "cnn, \"Ещё о функциях активации\"", typeof(AconA), typeof(AconB), typeof(AconC)),
        new("Meta-ACON", "meta-ACON", "cnn, \"Ещё о функциях активации\", Table 5", typeof(MetaAcon), typeof(MetaAconManner)),

        // Initialization.
        new("Equal weights", "инициализация нулями", "init, \"Инициализация\"; perc, \"Выводы\"", typeof(Zeros), typeof(Constant)),
        new("Identity weights", "W = 1.5 I, W = 0.5 I", "init, \"Инициализация\"", typeof(Eye), typeof(Dirac)),
        new("Small random weights", "инициализация небольшими случайными значениями", "init, \"Инициализация\"", typeof(Normal), typeof(Uniform), typeof(TruncatedNormal)),
        new("1/sqrt(n) rule", "w ~ U[-1/sqrt(n), 1/sqrt(n)]", "perc, \"Рецепт\"", typeof(LinearDefault)),
        new("Xavier", "инициализация Глоро (Xavier)", "init, \"Инициализация: Xavier/Glorot\"; perc, \"Рецепт\"; lbd, \"Инициализация весов\"", typeof(Xavier), typeof(Fans)),
        new("He", "инициализация Хе", "init, \"Инициализация: Хе\"; perc, \"Инициализация Хе\"; lbd, \"Инициализация весов\"", typeof(Kaiming), typeof(Gain)),
        new("LSUV", "All you need is good init", "perc, \"Инициализация весов\"", typeof(Lsuv)),

        // Second-order methods and the diagnosis of training.
        new("Line search", "линейный поиск", "cnn, \"Градиентный спуск\"", typeof(LineSearch), typeof(LineSearchResult), typeof(ExactForQuadratics)),
        new("Armijo", "условие Армихо", "cnn, \"Градиентный спуск\"", typeof(ArmijoBacktracking), typeof(WolfeConditions)),
        new("Wolfe conditions", "условия Вольфе", "cnn, \"Градиентный спуск\"", typeof(StrongWolfe), typeof(WolfeConditions)),
        new("Newton's method", "метод Ньютона", "cnn, \"Градиентный спуск\"; perc, \"Методы высших порядков: метод Ньютона\"", typeof(Newton)),
        new("Hessian", "гессиан", "cnn, \"Градиентный спуск\"; perc, \"Методы высших порядков: метод Ньютона\"", typeof(NumericHessian), typeof(IJetModule)),
        new("Conjugate gradients", "метод сопряжённых градиентов", "cnn, \"Градиентный спуск\"", typeof(ConjugateGradient), typeof(LinearConjugateGradient)),
        new("L-BFGS", "квазиньютоновские методы, L-BFGS", "cnn, \"Градиентный спуск\"", typeof(LBFGS), typeof(LimitedMemoryBfgs), typeof(LbfgsMemory)),
        new("Accuracy", "доля правильных ответов, top-1 error", "perc, \"Как обучать?\"; cnn, tables 4 to 7", typeof(Metrics), typeof(ConfusionMatrix)),
        new("Precision@k", "метрические задачи", "init, \"Задачи и функции потерь\" (the tasks; their measure is not named there)", typeof(Metrics)),
        new("Learning curve", "learning curve", "intro, \"Интерпретация learning curve\"", typeof(LearningCurve), typeof(LearningCurveDiagnosis), typeof(History)),
        new("Overfitting", "переобучение", "lbd, \"Как избежать переобучения?\"; perc, \"Dropout\", \"Итоги\"", typeof(LearningCurve), typeof(LearningCurveVerdict)),
        new("Underfitting", "недообучение", "intro, \"Интерпретация learning curve\"", typeof(LearningCurve), typeof(LearningCurveVerdict)),
        new("Vanishing gradient", "затухающие градиенты", "intro, \"Gradient vanish\"; perc, \"Сложность обучения нейронных сетей\"", typeof(CourseLib.Analysis.SignalProfile)),
        new("Exploding gradient", "взрыв градиентов", "intro, \"Gradient explosion\"; perc, \"Сложность обучения нейронных сетей\"", typeof(AnomalyDetection), typeof(Anomaly)),

        // Losses.
        new("Mean squared error", "MSE", "intro, \"Как оценить качество имеющегося решения?\"; init, \"Задачи и функции потерь\"; lbd, \"Функции потерь\"", typeof(MSELoss)),
        new("Mean absolute error", "MAE", "intro, \"Как оценить качество имеющегося решения?\"; init, \"Задачи и функции потерь\"", typeof(L1Loss)),
        new("Binary cross-entropy", "BCE, log loss", "intro, \"Как оценить качество имеющегося решения?\"; init, \"Задачи и функции потерь\"", typeof(BCELoss), typeof(BCEWithLogitsLoss)),
        new("Cross-entropy", "кросс-энтропия", "init, \"Задачи и функции потерь\"; lbd, \"Функции потерь\"", typeof(CrossEntropyLoss), typeof(NLLLoss)),
        new("Class weights", "веса классов w", "lbd, \"Функции потерь\"", typeof(CrossEntropyLoss)),
        new("ignore_index", "ignore_index", "lbd, \"Функции потерь\"", typeof(CrossEntropyLoss)),
        new("Softmax", "softmax", "lbd, \"Функции потерь\"", typeof(CourseLib.Autograd.Functional)),
        new("Perceptron criterion", "критерий перцептрона", "perc, \"Как обучать?\"", typeof(PerceptronCriterion)),
        new("Hinge loss", "критерий перцептрона с отступом", "perc, \"Как обучать?\" (the criterion that follows it; not named there)", typeof(HingeLoss), typeof(MultiMarginLoss)),
        new("Logistic loss", "log(1 + e^(-y <w, x>))", "intro, \"Как посчитать производную? Backpropagation\"", typeof(SoftMarginLoss)),
        new("Triplet loss", "triplet loss, метрические задачи", "init, \"Задачи и функции потерь\"", typeof(TripletMarginLoss)),
        new("Physics-informed loss", "«на самом деле, можно почти что угодно»: невязки e1, e2, e3", "lbd, \"Функции потерь\"", typeof(CourseLib.Autograd.Jet), typeof(CourseLib.Layers.IJetModule)),

        // Layers.
        new("Linear", "полносвязный слой", "lbd, \"Полносвязный (=линейный=Linear PyTorch) слой\"", typeof(Linear)),
        new("Convolution", "свёртка, VALID и SAME, шаг", "cnn, \"CNN формально\"", typeof(Conv2d), typeof(CourseLib.Autograd.Padding)),
        new("Max-pooling", "субдискретизация, max-pooling", "cnn, \"CNN формально\"", typeof(MaxPool2d)),
        new("Average-pooling", "average-pooling", "cnn, \"CNN формально\"", typeof(AvgPool2d)),
        new("Global pooling", "субдискретизация по всей картинке", "cnn, \"CNN формально\" (pooling with one window; not named there)", typeof(GlobalAvgPool2d), typeof(GlobalMaxPool2d)),
        new("LocallyConnected2d", "локально связный слой", "cnn, \"Свёрточные нейронные сети: идея\" (what shared weights are compared with; not named there)", typeof(LocallyConnected2d)),
        new("ConvTranspose2d", "транспонированная свёртка", "cnn, \"CNN формально\" (the convolution backwards; not named there)", typeof(ConvTranspose2d)),
        new("Inception block", "блок inception", "lbd, \"Как избежать взрывного роста количества параметров?\"", typeof(Branches)),
        new("LeNet", "LeNet", "cnn, \"CNN формально\"", typeof(Sequential), typeof(Conv2d)),
        new("BatchNorm", "batchnorm", "perc, \"Batchnorm\"; lbd, \"А как ещё стабилизировать обучение?\"", typeof(BatchNorm1d), typeof(BatchNorm2d)),
        new("LayerNorm", "layer norm", "perc, \"Итоги\"", typeof(LayerNorm)),
        new("Dropout", "dropout", "perc, \"Dropout\"; lbd, \"Принцип работы (PyTorch)\"", typeof(Dropout), typeof(Dropout2d)),
        new("Skip connection", "skip connection", "intro, \"Gradient vanish\"", typeof(Residual)),

        // Schedules.
        new("Learning rate schedule", "расписание lr (scheduler)", "perc, \"Learning rate scheduling\"; init, \"Stochastic Gradient Descent\"; intro, \"LR decay\"", typeof(Schedule), typeof(Decay)),
        new("Linear decay", "линейный", "perc, \"Learning rate scheduling\"; cnn, \"Градиентный спуск\"", typeof(Decay)),
        new("Exponential decay", "экспоненциальный", "perc, \"Learning rate scheduling\"; cnn, \"Градиентный спуск\"", typeof(Decay)),
        new("Step decay", "LR decay", "intro, \"LR decay\"", typeof(Decay)),
        new("Warm restarts", "warm restarts", "cnn, \"Adam, AdamW и другие животные\"", typeof(Cosine)),
        new("Cyclical learning rate", "циклический", "perc, \"Learning rate scheduling\"", typeof(Cyclical)),
        new("One-cycle (super-convergence)", "Super-Convergence", "cnn, \"Super-Convergence и amsgrad\"", typeof(OneCycle)),
        new("Warm-up", "Warmup", "intro, \"Warmup\"", typeof(ScheduleComposition)),
        new("Reduce on plateau", "при ухудшении валидационного лосса", "perc, \"Когда уменьшать learning rate?\"", typeof(ReduceLROnPlateau)),
        new("Learning rate range test", "подбор learning rate", "perc, \"Learning rate\"; \"Learning rate scheduling\" (Smith 2015)", typeof(RateRangeTest), typeof(RateRange)),

        // Regularizers.
        new("L1", "L1: λ Σ|w|", "perc, \"Стандартные методы\"", typeof(L1)),
        new("L2", "L2-регуляризация: λ Σw²", "perc, \"Стандартные методы\"; cnn, \"Adam, AdamW и другие животные\"", typeof(L2)),
        new("Activation penalty", "можно применять к активациям", "perc, \"Стандартные методы\"", typeof(ActivationPenalty)),
        new("Early stopping", "Early stopping", "perc, \"Early stopping\"", typeof(EarlyStopping)),

        // Models.
        new("Pretraining", "предобучение без учителя, от первых слоёв к последним", "perc, \"Предобучение\"; perc, \"Рецепт\"", typeof(StackedAutoencoder), typeof(DeepBeliefNet)),
        new("Autoencoder", "автокодировщик: учим слой «предсказывать» свой вход", "perc, \"Предобучение\"", typeof(Autoencoder), typeof(TiedLinear)),
        new("Denoising autoencoder", "автокодировщик с шумом", "perc, \"Предобучение\" (a way to do it; not named there)", typeof(DenoisingAutoencoder), typeof(MaskingNoise), typeof(GaussianNoise)),
        new("Restricted Boltzmann machine", "машина Больцмана", "perc, \"Предобучение\"", typeof(RestrictedBoltzmannMachine)),
        new("Deep Boltzmann machine", "Deep Boltzmann machine", "perc, \"Предобучение\"", typeof(DeepBoltzmannMachine), typeof(DeepBeliefNet)),

        // Optimizers.
        new("Gradient descent", "градиентный спуск", "cnn, \"Градиентный спуск\"; intro, \"Градиентный спуск (GD)\"; init, \"Stochastic Gradient Descent\"", typeof(SGD), typeof(SteepestDescent), typeof(CourseLib.Analysis.SgdSimulation)),
        new("SGD", "стохастический градиентный спуск", "cnn, \"Стохастический градиентный спуск\"; init, \"Stochastic Gradient Descent\"", typeof(SGD)),
        new("Momentum", "метод моментов, инерции, импульсов", "intro, \"Метод инерции, momentum\"; perc, \"Momentum (метод импульсов)\"; cnn, \"Метод моментов\"", typeof(SGD), typeof(MomentumForm)),
        new("Nesterov momentum", "метод Нестерова", "intro, \"Accelerated Gradient Descent (Nesterov Momentum)\"; perc, \"Nesterov Momentum\"; cnn, \"Метод моментов\"", typeof(SGD)),
        new("Adagrad", "Adagrad", "intro, \"Адаптивный подбор размера шага. Adagrad\"; perc, \"Adagrad\"; cnn, \"Адаптивные методы градиентного спуска\"", typeof(Adagrad)),
        new("RMSprop", "RMSProp", "intro, \"Адаптивный подбор размера шага. RMSProp\"; perc, \"RMSProp и Adadelta\"; cnn, \"Адаптивные методы градиентного спуска\"", typeof(RMSprop)),
        new("Adadelta", "Adadelta", "perc, \"RMSProp и Adadelta\"; cnn, \"Адаптивные методы градиентного спуска\"", typeof(Adadelta)),
        new("Adam", "Adam", "intro, \"Адаптивный подбор размера шага. Adam\"; perc, \"Adam\"; cnn, \"Адаптивные методы градиентного спуска\"", typeof(Adam)),
        new("NAdam", "Nadam", "cnn, \"Адаптивные методы градиентного спуска\"", typeof(NAdam)),
        new("AdamW", "AdamW", "cnn, \"Adam, AdamW и другие животные\"", typeof(AdamW)),
        new("SGDW", "SGD with weight decay", "cnn, \"Adam, AdamW и другие животные\"", typeof(SGDW)),
        new("Weight decay", "weight decay", "cnn, \"Adam, AdamW и другие животные\"", typeof(SGD), typeof(SGDW), typeof(AdamW), typeof(WeightDecayForm), typeof(ParameterGroup)),
        new("SWATS", "переключение с Adam на SGD", "cnn, \"Adam, AdamW и другие животные\"", typeof(SWATS)),
        new("Gradient clipping", "gradient clipping", "intro, \"Gradient explosion\"", typeof(GradientClipping)),
        new("AMSGrad", "amsgrad", "cnn, \"Super-Convergence и amsgrad\"", typeof(Adam)),
    ];
}
