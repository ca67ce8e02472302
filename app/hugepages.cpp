// Memory of large arrays: a million spans are many megabytes, and to touch them first in pages of 4 KB costs as much
// as to compute what they hold. So the largest are in huge pages, where the system gives them on request, and smaller
// blocks are not given back after each use.
#include <cstdint>
#include <cstdlib>
#include <new>

#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <malloc.h>
#include <sys/mman.h>

namespace
{

constexpr std::size_t pageBytes = std::size_t{2} << 20;
/// From here on the part of the last page that is not used is small.
constexpr std::size_t largeBytes = 2 * pageBytes;

/// Buffers of some hundred kilobytes come and go for every BLOB that is read.
const bool keepsBlocks = mallopt(M_MMAP_THRESHOLD, static_cast<int>(largeBytes)) == 1 &&
                         mallopt(M_TRIM_THRESHOLD, static_cast<int>(16 * largeBytes)) == 1 &&
                         mallopt(M_TOP_PAD, pageBytes * 4) == 1;

void* allocate(std::size_t size)
{
    if (size < largeBytes || size > PTRDIFF_MAX - pageBytes)
        return std::malloc(size == 0 ? 1 : size);
    const std::size_t whole = (size + pageBytes - 1) / pageBytes * pageBytes;
    void* const memory = std::aligned_alloc(pageBytes, whole);
    if (memory)
        madvise(memory, whole, MADV_HUGEPAGE); // advice: a refusal costs only time
    return memory;
}

} // namespace

void* operator new(std::size_t size)
{
    while (true) {
        if (void* const memory = allocate(size))
            return memory;
        const std::new_handler handler = std::get_new_handler();
        if (!handler)
            throw std::bad_alloc();
        handler();
    }
}

void operator delete(void* memory) noexcept
{
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

#endif
