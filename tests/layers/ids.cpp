#include "ids.h"

namespace arcscope
{

bool knows(const Id& id)
{
    return static_cast<bool>(id);
}

} // namespace arcscope
