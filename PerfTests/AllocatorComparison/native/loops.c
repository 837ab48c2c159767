// Runs the workloads with the two functions of any allocator, so that managed code makes one call per sample. Each loop
// that allocates returns the number of failed allocations.
#include <stdatomic.h>
#include <stddef.h>

typedef void *(*allocate_function)(size_t byte_count);
typedef void (*release_function)(void *block);

enum { MAX_BATCH_BLOCKS = 256, HAND_OVER_BLOCKS = 64, HAND_OVER_SLOTS = 16, CACHE_LINE_BYTES = 64 };

// Functions that do nothing, to measure the cost of the calls alone.
__attribute__((noinline)) void *empty_allocate(size_t byte_count) { return (void *)(byte_count | 1); }
__attribute__((noinline)) void empty_release(void *block) { __asm__ volatile("" : : "r"(block)); }

long loop_pairs(allocate_function allocate, release_function release, size_t byte_count, long pairs) {
    long failures = 0;
    for (long pair = 0; pair < pairs; pair++) {
        void *block = allocate(byte_count);
        failures += block == NULL;
        release(block);
    }
    return failures;
}

// `orders` holds a permutation of 0 .. blocks - 1 for each batch.
long loop_batches(allocate_function allocate, release_function release, size_t byte_count, long batches, int blocks,
                  const int *orders) {
    void *held[MAX_BATCH_BLOCKS];
    long failures = 0;
    for (long batch = 0; batch < batches; batch++, orders += blocks) {
        for (int i = 0; i < blocks; i++) {
            held[i] = allocate(byte_count);
            failures += held[i] == NULL;
        }
        for (int i = 0; i < blocks; i++)
            release(held[orders[i]]);
    }
    return failures;
}

// One replacement: the block in a slot is freed, and a new block takes the slot. Equal to the struct of the same name in C#.
struct replacement {
    int slot;
    int byte_count;
};

// Every slot holds a block before the first replacement.
long loop_replace(allocate_function allocate, release_function release, const struct replacement *steps, long count,
                  void **held) {
    long failures = 0;
    for (long step = 0; step < count; step++) {
        void **slot = &held[steps[step].slot];
        release(*slot);
        *slot = allocate((size_t)steps[step].byte_count);
        failures += *slot == NULL;
    }
    return failures;
}

// Allocates blocks one at a time, and writes to each block several times before it is freed.
long loop_scratch(allocate_function allocate, release_function release, size_t byte_count, long blocks, long writes) {
    long failures = 0;
    for (long i = 0; i < blocks; i++) {
        volatile long *block = allocate(byte_count);
        if (block == NULL) {
            failures++;
            continue;
        }
        for (long write = 0; write < writes; write++)
            *block = write;
        release((void *)block);
    }
    return failures;
}

// Blocks are passed in groups. If they were passed one by one, the ring would take more time than the allocator.
static struct {
    _Alignas(CACHE_LINE_BYTES) atomic_long produced;
    _Alignas(CACHE_LINE_BYTES) atomic_long consumed;
    _Alignas(CACHE_LINE_BYTES) void *blocks[HAND_OVER_SLOTS][HAND_OVER_BLOCKS];
} ring;

static void relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#else
    __asm__ volatile("" : : : "memory");
#endif
}

long loop_produce(allocate_function allocate, size_t byte_count, long groups) {
    long failures = 0;
    long produced = atomic_load_explicit(&ring.produced, memory_order_relaxed);
    for (long end = produced + groups; produced < end; produced++) {
        while (produced - atomic_load_explicit(&ring.consumed, memory_order_acquire) >= HAND_OVER_SLOTS)
            relax();
        void **slot = ring.blocks[produced % HAND_OVER_SLOTS];
        for (int i = 0; i < HAND_OVER_BLOCKS; i++) {
            slot[i] = allocate(byte_count);
            failures += slot[i] == NULL;
        }
        atomic_store_explicit(&ring.produced, produced + 1, memory_order_release);
    }
    return failures;
}

void loop_consume(release_function release, long groups) {
    long consumed = atomic_load_explicit(&ring.consumed, memory_order_relaxed);
    for (long end = consumed + groups; consumed < end; consumed++) {
        while (atomic_load_explicit(&ring.produced, memory_order_acquire) <= consumed)
            relax();
        void **slot = ring.blocks[consumed % HAND_OVER_SLOTS];
        for (int i = 0; i < HAND_OVER_BLOCKS; i++)
            release(slot[i]);
        atomic_store_explicit(&ring.consumed, consumed + 1, memory_order_release);
    }
}
