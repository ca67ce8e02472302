#include <archive_entry.h>
#include <zstd.h>
