#include "linkedlibraries.h"

#include "libraries.h"

#include <QtGlobal>

namespace arcscope
{

std::vector<LibraryVersion> linkedLibraries()
{
    std::vector<LibraryVersion> all = libraries();
    all.insert(all.begin(), {"Qt", qVersion()});
    return all;
}

} // namespace arcscope
