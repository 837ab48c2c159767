// C functions around Boost.Interprocess's managed_shared_memory with its default algorithm and lock.
#include <boost/interprocess/managed_shared_memory.hpp>
#include <boost/interprocess/shared_memory_object.hpp>
#include <boost/version.hpp>
#include <exception>
#include <new>
#include <string>
#include <unistd.h>

namespace {
using boost::interprocess::managed_shared_memory;
managed_shared_memory *memory;
}

// Returns 0, or -1 if the shared memory cannot be created. The name of the shared memory is removed at once, so that a
// killed process leaves nothing behind.
extern "C" int boost_open(std::size_t capacity_bytes) {
    if (memory != nullptr)
        return 0;
    const std::string name = "perftests-boost-" + std::to_string(getpid());
    try {
        memory = new managed_shared_memory(boost::interprocess::create_only, name.c_str(), capacity_bytes);
    } catch (const std::exception &) {
    }
    boost::interprocess::shared_memory_object::remove(name.c_str());
    return memory != nullptr ? 0 : -1;
}

extern "C" int boost_version() { return BOOST_VERSION; }

extern "C" void *boost_allocate(std::size_t byte_count) { return memory->allocate(byte_count, std::nothrow); }

extern "C" void boost_release(void *block) {
    if (block != nullptr)
        memory->deallocate(block);
}
