// Creates segments one after the other with the system calls that ShmSegment makes. The benchmark compares this function with
// ShmSegment.
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// Returns 0, or the error number of the first call that failed.
int create_segments(int count, const char *const *names, long byte_count, void **addresses) {
    for (int i = 0; i < count; i++) {
        int descriptor = shm_open(names[i], O_CREAT | O_EXCL | O_RDWR, 0600);
        if (descriptor < 0)
            return errno;
        if (ftruncate(descriptor, byte_count) != 0)
            return errno;
        void *address = mmap(NULL, (size_t)byte_count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, descriptor, 0);
        if (address == MAP_FAILED || close(descriptor) != 0)
            return errno;
        addresses[i] = address;
    }
    return 0;
}
