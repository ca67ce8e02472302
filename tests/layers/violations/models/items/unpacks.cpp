#include <archive_entry.h>
#include <yaml.h>
#include <zstd.h>
