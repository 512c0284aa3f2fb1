"""The numbers that works are done on, as CourseLib.Benchmarks/Works/Numbers.cs makes them."""
import numpy as np

PROJECTION_SEED = 7


def _bits(count, seed):
    with np.errstate(over='ignore'):
        h = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B1) + np.uint32(seed * 0x85EBCA77 + 1 & 0xFFFFFFFF)
        h = (h ^ (h >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
        h = (h ^ (h >> np.uint32(12))) * np.uint32(0x297A2D39)
        return (h ^ (h >> np.uint32(15))) >> np.uint32(8)


def numbers(count, seed, scale=1, shift=0):
    """Uniform in [-1, 1), then scaled and shifted."""
    one = np.float32
    return (_bits(count, seed).astype(one) * one(2.0 ** -23) - one(1)) * one(scale) + one(shift)


def classes(count, how_many, seed):
    """Class indices from 0 on."""
    return (_bits(count, seed).astype(np.uint64) * np.uint64(how_many)) >> np.uint64(24)


def digest(values):
    """How many, their product with a fixed vector, their norm: see Comparing/Digest.cs."""
    v = np.asarray(values, dtype=np.float64).ravel()
    return v.size, float(v @ numbers(v.size, PROJECTION_SEED).astype(np.float64)), float(np.sqrt(v @ v))
