using CourseLib.Activations;
using CourseLib.Analysis;
using CourseLib.Autograd;
using CourseLib.Data;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Optimizers;
using CourseLib.Optimizers.Descent;
using CourseLib.Tensors;
using CourseLib.Training;
using Sigmoid = CourseLib.Activations.Sigmoid;

namespace CourseLib.Tests.Coverage;

/// <summary>The terms of the lectures that are ideas rather than parts of a network: what is proven, bounded, measured or searched for.</summary>
internal static class IdeaTerms
{
    internal static readonly Term[] All =
    [
        // Neurons, layers, depth.
        new("Perceptron", "перцептрон Розенблатта", "perc, \"Перцептрон Розенблатта\"", typeof(PerceptronRule)),
        new("Artificial neuron", "нейрон, веса, смещение (bias)", "intro, \"Причем тут нейроны?\"; perc, \"Больше перцептронов богу перцептронов\"", typeof(Linear), typeof(Sigmoid)),
        new("Activation function", "функция активации", "perc, \"Функция активации\"; intro, \"Причем тут нейроны?\"; lbd, \"А как это исправить?\"", typeof(Sequential), typeof(ReLU), typeof(Sigmoid)),
        new("Saturation", "насыщение", "perc, \"Современные функции активации\"; perc, \"tanh\"; perc, \"Rectified linear unit\"", typeof(Sigmoid), typeof(CourseLib.Activations.Tanh), typeof(ReLU)),
        new("ReLU as a sum of sigmoids", "сумма сдвинутых сигмоид", "perc, \"Rectified linear unit.\"", typeof(Softplus), typeof(Sigmoid)),
        new("Number of parameters", "сколько параметров в одном слое: m (n + 1)", "lbd, \"Что там на самом деле?\"", typeof(Linear), typeof(ModelSummary)),
        new("Composition of linear layers", "работает как один линейный слой", "lbd, \"Что там на самом деле?\"", typeof(Linear), typeof(Sequential)),
        new("Universal approximation (Cybenko)", "теорема Цыбенко, универсальная теорема аппроксимации", "intro, \"Что известно из теории? Теорема Цыбенко\"; lbd, \"Теорема Цыбенко (Универсальная теорема аппроксимации)\"; perc, \"Глубокие сети это хорошо\"", typeof(SigmoidSum)),
        new("Vectorisation", "векторизация вычислений", "perc, \"Больше перцептронов богу перцептронов\"; perc, \"Минибатчи\"", typeof(Gemm), typeof(CountedLanes)),
        new("Depth of a network", "глубина сети", "perc, \"Зачем глубина\"; intro, \"Почему глубокие сети?\"", typeof(Sequential)),

        // Backpropagation.
        new("Backpropagation", "обратное распространение ошибки", "intro, \"Как посчитать производную? Backpropagation\"; lbd, \"Обратное распространение ошибки (Backpropagation)\"", typeof(Function), typeof(Tensor)),
        new("Gradient check", "численная проверка градиента", "intro, \"Как посчитать производную? Backpropagation\" (the check is not named there)", typeof(GradientCheck)),
        new("Computation graph", "граф вычислений", "intro, \"Как посчитать производную? Backpropagation\"", typeof(Function), typeof(Graph)),
        new("Vector-Jacobian product", "преобразование вместо «четырёхмерного кубика»", "intro, \"Backpropagation. В чем проблема?\"", typeof(Function)),
        new("Dynamic graph", "динамический граф вычислений", "lbd, \"Теперь узнаем, почему PyTorch\"", typeof(Function), typeof(Tape)),
        new("Static graph", "статический граф, вычисления могут быть оптимизированы заранее", "lbd, \"Теперь узнаем, почему PyTorch\"", typeof(Functional)),
        new("fit", "готовый метод fit", "lbd, \"Теперь узнаем, почему PyTorch\"", typeof(Trainer), typeof(History)),

        // Initialization and the size of signals.
        new("Variance of a product", "дисперсия произведения независимых величин", "init, \"Инициализация: Xavier/Glorot\"; perc, \"Рецепт\"", typeof(SignalProfile), typeof(VarianceRule)),
        new("Variance through layers", "дисперсия выходов слоёв", "init, \"Инициализация: Xavier/Glorot\"; perc, \"Рецепт\"", typeof(SignalProfile)),

        // Normalization.
        new("Internal covariance shift", "internal covariance shift", "perc, \"Internal covariance shift\"", typeof(BatchNorm1d), typeof(SignalProfile)),
        new("Covariance matrix", "матрица ковариаций", "perc, \"Учёт нормализации при обучении\"", typeof(Covariance)),
        new("Whitening", "whitening, «отбеливание»", "perc, \"Решение есть!\"; perc, \"Учёт нормализации при обучении\"", typeof(Whitening)),
        new("Running statistics", "бегущие средние с momentum, «заморозить» статистики", "lbd, \"А как ещё стабилизировать обучение?\"; perc, \"Итоги\"", typeof(BatchNorm)),
        new("Training and evaluation mode", "train mode, eval mode", "lbd, \"Принцип работы (PyTorch)\"; lbd, \"А как ещё стабилизировать обучение?\"", typeof(Module)),
        new("Fine-tuning", "дообучение", "perc, \"Предобучение\"; lbd, \"При дообучении тоже влияет\"", typeof(Module)),

        // Optimization.
        new("Learning rate", "скорость обучения (learning rate)", "perc, \"Learning rate\"; init, \"Stochastic Gradient Descent\"; cnn, \"Градиентный спуск\"", typeof(Optimizer), typeof(SGD)),
        new("Stopping rule", "останавливаем, когда ‖∇f‖² ≤ ε", "cnn, \"Градиентный спуск\"", typeof(StoppingRule)),
        new("Local minimum", "локальный минимум, стационарная точка", "intro, \"Методы оптимизации\"; init, \"Stochastic Gradient Descent\"", typeof(FunctionObjective), typeof(NumericHessian)),
        new("Saddle point", "седловая точка", "init, \"Stochastic Gradient Descent\"; intro, \"Метод инерции, momentum\"", typeof(FunctionObjective), typeof(NumericHessian)),
        new("Convex function", "выпуклая функция", "intro, \"Методы оптимизации\"; cnn, \"Стохастический градиентный спуск\"", typeof(StochasticObjective), typeof(NoisyNorm)),
        new("Condition number", "разный масштаб переменных, вытянутые «долины»", "cnn, \"Градиентный спуск\"", typeof(Covariance), typeof(Quadratic)),
        new("Empirical risk", "минимизация эмпирического риска", "cnn, \"Стохастический градиентный спуск\"; lbd, \"Что мы хотим?\"", typeof(EmpiricalRisk), typeof(LeastSquares), typeof(LogisticRegression)),
        new("Stochastic optimisation", "стохастическая оптимизация", "cnn, \"Стохастический градиентный спуск\"", typeof(StochasticObjective)),
        new("ELBO", "вариационная нижняя оценка (ELBO)", "cnn, \"Стохастический градиентный спуск\"", typeof(GaussianElbo)),
        new("Mini-batch", "мини-батч", "cnn, \"Стохастический градиентный спуск\"; perc, \"Минибатчи\"; init, \"Stochastic Gradient Descent\"", typeof(MiniBatch), typeof(Dataset), typeof(BatchSequence)),
        new("Monte Carlo", "метод Монте-Карло, несмещённая оценка", "cnn, \"Стохастический градиентный спуск\"", typeof(GradientStatistics)),
        new("Convergence bound of SGD", "самая главная оценка про SGD", "cnn, \"Стохастический градиентный спуск\"", typeof(SgdBound), typeof(SgdSimulation), typeof(SgdRuns)),
        new("Averaged iterate", "линейная комбинация точек", "cnn, \"Стохастический градиентный спуск\"", typeof(SgdPath)),
        new("Region of uncertainty", "«регион неопределённости»", "cnn, \"Стохастический градиентный спуск\"", typeof(SgdBound), typeof(SgdSimulation)),
        new("Rate of convergence", "O(1/k) и O(1/√k)", "cnn, \"Стохастический градиентный спуск\"", typeof(PowerLaw)),
        new("General form of adaptive methods", "чуть более общий взгляд: H_k", "cnn, \"Адаптивные методы градиентного спуска\"", typeof(SGD), typeof(Adagrad), typeof(Adam)),
        new("Marginal value of adaptive methods", "адаптивные методы находят другие глобальные минимумы", "cnn, \"Adam, AdamW и другие животные\"", typeof(SGD), typeof(Adam)),
        new("Simulated annealing", "simulated annealing", "cnn, \"Super-Convergence и amsgrad\"", typeof(SimulatedAnnealing)),
        new("Curriculum learning", "curriculum learning", "cnn, \"Super-Convergence и amsgrad\"", typeof(Curriculum)),
        new("Validation set", "валидационное множество", "cnn, \"Практические замечания\"; perc, \"Early stopping\"", typeof(Dataset)),
        new("Logarithmic scale", "логарифмическая шкала", "cnn, \"Практические замечания\"", typeof(SearchAxis)),
        new("Grid search", "поиск по сетке", "cnn, \"Практические замечания\"", typeof(HyperparameterSearch)),
        new("Random search", "случайный поиск", "cnn, \"Практические замечания\"", typeof(HyperparameterSearch), typeof(SearchTrial)),

        // What a network sees.
        new("Orientation tuning", "нейроны V1, ориентация стимула (Хьюбел и Визель)", "cnn, \"Зрительная кора\"", typeof(OrientationTuning)),
        new("Receptive field", "рецептивное поле, топографические карты", "cnn, \"Зрительная кора\"; cnn, \"Свёрточные нейронные сети: идея\"", typeof(ReceptiveField)),
        new("Weight sharing", "одни и те же веса по всей картинке", "cnn, \"Свёрточные нейронные сети: идея\"", typeof(Conv2d), typeof(LocallyConnected2d)),
        new("Translation equivariance", "устойчивость к переносам", "cnn, \"Свёрточные нейронные сети: идея\"", typeof(Conv2d), typeof(GlobalMaxPool2d)),
        new("Saliency of a neuron", "какие части картинки вызывают активации отдельных нейронов", "cnn, \"Свёрточные нейронные сети: идея\"", typeof(SaliencyMap), typeof(ActivatingPlace)),
    ];
}
