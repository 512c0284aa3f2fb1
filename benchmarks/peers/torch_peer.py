#!/usr/bin/python3
"""PyTorch as a contender of `compare`.

Answers one line for each line that it reads (CourseLib.Benchmarks/Comparing/Request.cs and Answer.cs say which):
  run WORK VARIANT SECONDS CALLS   ->  @times us us ...   or  @missing reason
  check WORK VARIANT 0 0           ->  @digest count projection norm
A variant is `plain` or settings joined by +: foreach (one fused update for all parameters), channels_last (images as NHWC).

  torch_peer.py THREADS            serves
  torch_peer.py --export FOLDER    writes the networks as ONNX files, for ort_peer.js
"""
import os
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from numbers_of_works import classes, digest, numbers

SHORTEST_SAMPLE, MOST_SAMPLES, LEAST_SAMPLES, LONG = 20e-6, 200, 3, 0.5
clock = time.perf_counter


def tensor(shape, seed, scale=1, shift=0):
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    return torch.from_numpy(numbers(int(torch.Size(shape).numel()), seed, scale, shift)).reshape(shape)


def labels(count, how_many, seed):
    return torch.from_numpy(classes(count, how_many, seed).astype('int64'))


# ---- the networks of Works/Networks.cs -------------------------------------------------------------------------------------------------------

def block(i, o):
    return [nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU()]


NETWORKS = {
    'mlp': lambda: nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10)),
    'lenet': lambda: nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
    'cnn': lambda: nn.Sequential(
        *block(1, 32), *block(32, 32), nn.MaxPool2d(2), *block(32, 64), *block(64, 64), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(3136, 128), nn.ReLU(), nn.Linear(128, 10)),
}


def network(name):
    model = NETWORKS[name]()
    scale = None
    with torch.no_grad():
        for seed, p in enumerate(model.parameters(), 100):
            is_weight = p.dim() > 1
            if is_weight:
                scale = (p.numel() // p.shape[0]) ** -0.5
            if scale is not None:
                p.copy_(tensor(p.shape, seed, scale))
            scale = scale if is_weight else None
        statistics = [b for n, b in model.named_buffers() if n.endswith(('mean', 'var'))]
        for seed, b in enumerate(statistics, 300):
            mean = (seed - 300) % 2 == 0
            b.copy_(tensor(b.shape, seed, 0.1 if mean else 0.5, 0 if mean else 1))
    return model


def inputs(name, size, index=0):
    return tensor((size, 784) if name == 'mlp' else (size, 1, 28, 28), 11 + index)


# ---- the works: each gives (call, result) ----------------------------------------------------------------------------------------------------

def gemm(sizes, layout, settings):
    m, k, n = map(int, sizes.split('x'))
    a = tensor((k, m), 1).t() if layout[0] == 't' else tensor((m, k), 1)
    b = tensor((n, k), 2).t() if layout[1] == 't' else tensor((k, n), 2)
    c = torch.empty(m, n)

    def call():
        torch.mm(a, b, out=c)
    return call, lambda: c


def train(which, settings):
    name, size = which.split('_b')
    model = network(name)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, foreach='foreach' in settings)
    xs = [inputs(name, int(size), i) for i in range(4)]
    ys = [labels(int(size), 10, 21 + i) for i in range(4)]
    if 'channels_last' in settings:
        if name == 'mlp':
            raise NotImplementedError('an MLP has no channels')
        model = model.to(memory_format=torch.channels_last)
        xs = [x.to(memory_format=torch.channels_last) for x in xs]
    turn = [0]

    def step():
        i = turn[0]
        turn[0] = (i + 1) % 4
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(model(xs[i]), ys[i])
        loss.backward()
        optimizer.step()
        return loss
    return step, lambda: [step().item() for _ in range(3)]


def infer(which, settings):
    name, size = which.split('_b')
    model = network(name).eval()
    x = inputs(name, int(size))
    if 'channels_last' in settings:
        model, x = model.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
    return lambda: model(x), lambda: model(x)


def conv(layer, direction, settings):
    kernel, i, o, size = layer.split('_')
    kernel, i, o, size = int(kernel[0]), int(i), int(o), int(size)
    padding = 0 if layer == '5x5_6_16_14' else kernel // 2
    out = size + 2 * padding - kernel + 1
    x, w, b, dy = tensor((64, i, size, size), 1), tensor((o, i, kernel, kernel), 2), tensor(o, 3), tensor((64, o, out, out), 4)
    if 'channels_last' in settings:
        x, w, dy = (t.to(memory_format=torch.channels_last) for t in (x, w, dy))
    if direction == 'forward':
        return lambda: F.conv2d(x, w, b, padding=padding), lambda: F.conv2d(x, w, b, padding=padding)
    wanted = [True, False, False] if direction == 'dx' else [False, True, True]

    def backward():
        return torch.ops.aten.convolution_backward(dy, x, w, [o], [1, 1], [padding] * 2, [1, 1], False, [0, 0], 1, wanted)
    return backward, lambda: backward()[0 if direction == 'dx' else 1]


def gradient(f, x, others, dy, keep=lambda gradients: gradients[0]):
    """The backward pass alone, of a graph made once."""
    with torch.enable_grad():
        x = x.requires_grad_(True)
        y = f(x)

    def backward():
        return torch.autograd.grad(y, [x, *others], dy, retain_graph=True)
    return backward, lambda: keep(backward())


def batchnorm(shape, direction, settings):
    shape = tuple(map(int, shape.split('x')))
    c = shape[1]
    x, gamma, beta = tensor(shape, 1), tensor(c, 2, 0.5, 1), tensor(c, 3)
    mean, var = torch.zeros(c), torch.ones(c)
    if 'channels_last' in settings:
        x = x.to(memory_format=torch.channels_last)

    def f(x):
        return F.batch_norm(x, mean, var, gamma, beta, training=True)
    if direction == 'forward':
        return lambda: f(x), lambda: f(x)
    dy = tensor(shape, 4)
    dy = dy.to(memory_format=torch.channels_last) if 'channels_last' in settings else dy
    return gradient(f, x, [gamma.requires_grad_(True), beta.requires_grad_(True)], dy)


def maxpool(shape, direction, settings):
    n, c, h, w = map(int, shape.split('x'))
    x, dy = tensor((n, c, h, w), 1), tensor((n, c, h // 2, w // 2), 4)
    if 'channels_last' in settings:
        x, dy = (t.to(memory_format=torch.channels_last) for t in (x, dy))
    if direction == 'forward':
        return lambda: F.max_pool2d(x, 2), lambda: F.max_pool2d(x, 2)
    return gradient(lambda x: F.max_pool2d(x, 2), x, [], dy)


def softmax_ce(size, _, settings):
    rows, count = map(int, size.split('x'))
    x, y = tensor((rows, count), 1, 4).requires_grad_(True), labels(rows, count, 2)

    def both():
        with torch.enable_grad():
            return torch.autograd.grad(F.cross_entropy(x, y), x)
    return both, lambda: both()[0]


OPTIMIZERS = {
    'adam': lambda p, foreach: torch.optim.Adam(p, lr=1e-3, foreach=foreach),
    'adamw': lambda p, foreach: torch.optim.AdamW(p, lr=1e-3, foreach=foreach),
    'sgdm': lambda p, foreach: torch.optim.SGD(p, lr=1e-3, momentum=0.9, foreach=foreach),
}


def optimize(name, size, settings):
    shapes = [(1 << 20,)] if size == '1M' else [(256, 784), (256,), (128, 256), (128,), (10, 128), (10,)]
    parameters = [tensor(s, 100 + i).requires_grad_(True) for i, s in enumerate(shapes)]
    for i, p in enumerate(parameters):
        p.grad = tensor(shapes[i], 200 + i)
    optimizer = OPTIMIZERS[name](parameters, 'foreach' in settings)

    def result():
        for _ in range(3):
            optimizer.step()
        return torch.cat([p.detach().ravel() for p in parameters])
    return optimizer.step, result


FUNCTIONS = {'exp': torch.exp, 'log': torch.log, 'tanh': torch.tanh, 'sigmoid': torch.sigmoid, 'erf': torch.erf, 'gelu': F.gelu}


def elementwise(name, size, settings):
    count = 1 << (14 if size == '16K' else 20)
    x = tensor(count, 1, 0.5, 0.51) if name == 'log' else tensor(count, 1, 4)
    y, f = torch.empty_like(x), FUNCTIONS[name]
    call = (lambda: f(x)) if name == 'gelu' else (lambda: f(x, out=y))
    return call, call


def prepare(work, settings):
    group, *rest = work.split('/')
    if group in OPTIMIZERS:
        return optimize(group, *rest, settings)
    if group in FUNCTIONS:
        return elementwise(group, *rest, settings)
    makers = {'gemm': gemm, 'train': train, 'infer': infer, 'conv': conv, 'batchnorm': batchnorm, 'maxpool': maxpool, 'softmax_ce': softmax_ce}
    if group not in makers:
        raise NotImplementedError(f'PyTorch is not asked for {group}')
    return makers[group](*rest, settings)


# ---- the conversation ------------------------------------------------------------------------------------------------------------------------

def is_few(count, begun):
    """A call that takes half a second is not repeated for a better look at it."""
    return count < LEAST_SAMPLES and (count == 0 or clock() - begun < LONG)


def warm_up(call):
    begun, last, i = clock(), float('inf'), 0
    while is_few(i, begun) or (i < 40 and clock() - begun < 0.02):
        start = clock()
        call()
        last, i = min(last, clock() - start), i + 1
    return last


def take(call, estimate, seconds, most):
    group = max(1, int(min(1e6, max(SHORTEST_SAMPLE, seconds / MOST_SAMPLES) / max(estimate, 1e-9))))
    samples, begun = [], clock()
    while is_few(len(samples), begun) or (clock() - begun < seconds and (not most or (len(samples) + 1) * group <= most)):
        start = clock()
        for _ in range(group):
            call()
        samples.append((clock() - start) / group * 1e6)
    return samples


def recording(work):
    """Training records a graph; what is timed alone does not."""
    return torch.enable_grad() if work.startswith('train/') else torch.no_grad()


class Peer:
    def __init__(self):
        self.key, self.call, self.estimate = None, None, 0

    def answer(self, kind, work, variant, seconds, calls):
        settings, calls, key = set(variant.split('+')), int(calls), (work, variant)
        with recording(work):
            if kind == 'check':
                self.key = None
                call, result = prepare(work, settings)
                if work.startswith('gemm/'):
                    call()
                value = result()
                value = value.detach().contiguous().numpy() if isinstance(value, torch.Tensor) else value
                return '@digest %d %r %r' % digest(value)
            if key != self.key or calls:
                self.call, _ = prepare(work, settings)
                self.key = key
                self.estimate = warm_up(self.call)
            return '@times ' + ' '.join('%.6g' % us for us in take(self.call, self.estimate, float(seconds), calls))


def hello():
    blas = sorted({os.path.basename(line.split()[-1]) for line in open('/proc/self/maps') if 'blas' in line or 'mkl' in line}) if os.path.exists('/proc/self/maps') else []
    capability = [line.strip() for line in torch.__config__.show().split('\n') if 'capability' in line]
    return f'@hello PyTorch {torch.__version__}, {torch.get_num_threads()} thread(s), {"; ".join(capability)}, BLAS {" ".join(blas) or "built in"}'


def serve(threads):
    torch.set_num_threads(threads)
    torch.mm(torch.ones(8, 8), torch.ones(8, 8))  # loads the BLAS
    print(hello(), flush=True)
    peer = Peer()
    for line in sys.stdin:
        try:
            text = peer.answer(*line.split())
        except Exception as e:  # whatever a library throws is a reason for a missing row
            text = '@missing ' + (' '.join(str(e).split()) or type(e).__name__)
        print(text, flush=True)


def export(folder):
    os.makedirs(folder, exist_ok=True)
    for name in NETWORKS:
        for size in (64, 1):
            model = network(name).eval()
            torch.onnx.export(model, inputs(name, size), os.path.join(folder, f'{name}_b{size}.onnx'), opset_version=13, input_names=['x'], output_names=['y'])


if __name__ == '__main__':
    if sys.argv[1] == '--export':
        export(sys.argv[2])
    else:
        serve(int(sys.argv[1]))
