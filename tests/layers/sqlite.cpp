#include <sqlite3.h>

namespace arcscope
{

const char* engine()
{
    return sqlite3_libversion();
}

} // namespace arcscope
