#include "readable.h"

#include "format.h"
#include "mappingmatch.h"

namespace arcscope
{

std::vector<Readable> readableFormats()
{
    std::vector<Readable> all;
    for (const ImportFormat& format : formats())
        all.push_back({std::string(format.name), std::string(format.title)});
    return all;
}

std::vector<Readable> readableMappings(const std::string& folder)
{
    std::vector<Readable> all;
    for (const Mapping& mapping : shippedMappings())
        all.push_back({mapping.name, mapping.title});
    std::vector<std::string> problems;
    for (const Mapping& mapping : readMappingFolder(folder, problems))
        all.push_back({mapping.name, mapping.title});
    return all;
}

} // namespace arcscope
