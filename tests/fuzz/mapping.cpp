// layers: importers
// A mapping and the file that it reads, both of any bytes: the mapping, a line with three dashes, the file. Where there
// is no such line every mapping that comes with the program reads the bytes.
#include "mappedreader.h"
#include "mappingmatch.h"
#include "printspans.h"
#include "source.h"

#include <cstdlib>

using namespace arcscope;

namespace
{

constexpr std::size_t largestInput = std::size_t(1) << 14;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// Everything that was read can be decoded, and what the ledger gets says something.
void read(const Mapping& mapping, const std::string& bytes)
{
    const auto source = memorySource(bytes);
    testing::RecordingSink sink;
    ReadJob job{*source, sink, {}, "dir/fuzz.json"};
    if (const auto done = readMapped(job, mapping); !done)
        require(!done.error().message.empty());
    for (const auto& [span, record] : sink.spans) {
        require(span.trace && span[SpanText::Name]);
        require(span.start == noTime || span.provenance.of(Fact::Start) != Provenance::NotRecorded);
        static_cast<void>(decodeMapped(record, sink.text(span, SpanText::Resource)));
    }
    for (const ImportIssue& issue : sink.issues)
        require(!issue.message.empty() && issue.count > 0);
    static_cast<void>(isFor(mapping, Probe(bytes, true), "fuzz.json"));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0 || size > largestInput)
        return 0;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    constexpr std::string_view line = "\n---\n";
    const std::size_t at = bytes.find(line);
    if (at == std::string::npos) {
        for (const Mapping& mapping : shippedMappings())
            read(mapping, bytes);
        static_cast<void>(decodeMapped(bytes, bytes));
        return 0;
    }
    const auto mapping = parseMapping(std::string_view(bytes).substr(0, at), "fuzz");
    if (mapping)
        read(*mapping, bytes.substr(at + line.size()));
    else
        require(!mapping.error().message.empty());
    return 0;
}
