// Files that no reader knows and a mapping describes.
#include "format.h"
#include "mappedreader.h"
#include "mappingmatch.h"

namespace arcscope
{
namespace
{

/// Less than any format that knows its files.
constexpr int leastSure = 5;

int sniffMapped(const Probe& probe)
{
    return mappingFor(shippedMappings(), probe, {}) ? leastSure : 0;
}

Result<void> readShipped(ReadJob& job)
{
    if (const Mapping* mapping = mappingFor(shippedMappings(), job.input, job.fileName))
        return readMapped(job, *mapping);
    return Error{ErrorCode::UnknownFormat, "no mapping is for this file"};
}

} // namespace

ImportFormat mapped()
{
    return {.name = mappedFormatName,
            .title = "a file that a mapping describes",
            .sniff = sniffMapped,
            .read = readShipped,
            .decode = decodeMapped,
            .surest = leastSure};
}

} // namespace arcscope
