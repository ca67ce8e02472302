// layers: importers
// seeds: data/formats
// Any bytes as a trace: told apart, read to the end and decoded span by span, without a crash, without a stall, and
// with every record, parent and count as the sink may rely on them.
#include "format.h"
#include "probe.h"
#include "source.h"
#include "stringtable.h"

#include <cstdlib>
#include <string>
#include <vector>

using namespace arcscope;

namespace
{

/// Spans that are decoded again per input; reading itself goes to the end.
constexpr std::size_t decodedSpans = 64;
constexpr std::size_t largestInput = std::size_t(1) << 16;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// Keeps the first records and checks what every sink may rely on.
class CheckingSink : public SpanSink
{
public:
    struct Record {
        std::string text;
        std::string resource;
    };
    std::vector<Record> records;

    StringId intern(std::string_view text) override
    {
        const StringId id = m_pool.intern(text);
        if (id.value > m_texts.size())
            m_texts.emplace_back(text);
        return id;
    }
    Row add(const SpanRecord& span, std::string_view record) override
    {
        for (const StringId text : span.texts)
            require(text.value <= m_texts.size());
        for (const std::int64_t count : span.usage.tokens)
            require(count >= noTokens);
        require(span.messages >= notRecorded && span.callsAsked >= notRecorded && span.cost >= notRecorded);
        if (records.size() < decodedSpans)
            records.push_back({std::string(record), textOf(span[SpanText::Resource])});
        return m_rows++;
    }
    void addStream(Row span, PackedStream stream) override
    {
        require(span < m_rows);
        StreamReader reader(stream);
        StreamEvent event;
        for (std::uint32_t i = 0; i < stream.count; ++i)
            require(reader.next(event));
        require(!reader.next(event));
    }
    void report(ImportIssue issue) override { require(!issue.message.empty() && issue.count > 0); }

private:
    std::string textOf(StringId id) const { return id ? m_texts[id.value - 1] : std::string(); }

    StringPool m_pool;
    std::vector<std::string> m_texts;
    Row m_rows = 0;
};

void readWith(const ImportFormat& format, const std::string& bytes)
{
    const auto source = memorySource(bytes);
    CheckingSink sink;
    ReadJob job{*source, sink, {}, "fuzz"};
    if (const auto done = format.read(job); !done)
        require(!done.error().message.empty());
    for (const auto& record : sink.records)
        static_cast<void>(format.decode(record.text, record.resource));
    static_cast<void>(format.decode(bytes, {}));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0 || size > largestInput)
        return 0;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const ImportFormat* found = sniff(Probe(bytes, true));
    readWith(found ? *found : formats()[data[0] % formats().size()], bytes);
    return 0;
}
