// OTLP in protobuf: what the file exporter of the OpenTelemetry Collector writes, framed or one request alone.
#include "otlpcontent.h"
#include "otlpprotostream.h"
#include "otlprequests.h"
#include "probe.h"

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "otlp-proto";

/// Takes the line numbers from ledger rows: they are those of JSON that is in no file.
class NoLines final : public SpanSink
{
public:
    explicit NoLines(SpanSink& sink)
        : m_sink(sink)
    {
    }
    StringId intern(std::string_view text) override { return m_sink.intern(text); }
    Row add(const SpanRecord& span, std::string_view record) override { return m_sink.add(span, record); }
    void addStream(Row span, PackedStream stream) override { m_sink.addStream(span, std::move(stream)); }
    void report(ImportIssue issue) override
    {
        issue.line = -1;
        m_sink.report(std::move(issue));
    }

private:
    SpanSink& m_sink;
};

int sniffProto(const Probe& probe)
{
    for (const OtlpSignal signal : {otlpSignal(probe.head(), unknownSize), frameSignal(probe.head())}) {
        if (signal == OtlpSignal::Traces || signal == OtlpSignal::Logs || signal == OtlpSignal::Metrics)
            return 97;
    }
    return 0;
}

Result<void> readProto(ReadJob& job)
{
    IssueTally tally;
    auto stream = std::make_unique<OtlpProtoStream>(job.input, job.control, tally);
    OtlpProtoStream& requests = *stream;
    Source json(std::move(stream));
    NoLines sink(job.sink);
    ReadJob inner{json, sink, job.control, job.fileName};
    auto done = readOtlpRequests(inner, formatName, [&](std::uint64_t byte) { return requests.place(byte); });
    tally.report(job.sink);
    return done;
}

} // namespace

ImportFormat otlpProto()
{
    return {formatName, "OTLP protobuf", sniffProto, readProto, otlpContent};
}

} // namespace arcscope
