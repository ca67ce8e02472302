#include "workspace.h"

namespace arcscope
{

bool isLasting(const Workspace& workspace)
{
    return !workspace.isTemporary();
}

} // namespace arcscope
