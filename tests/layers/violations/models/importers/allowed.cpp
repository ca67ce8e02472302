#include <archive.h>
#include <nlohmann/json.hpp>
#include <simdjson.h>
#include <zstd.h>
