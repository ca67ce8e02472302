#include "eventframes.h"
#include "source.h"
#include "streamvendors.h"
#include "windows.h"

#include <utility>

namespace arcscope
{
namespace
{

/// Reads frames into responses. A response's record is its events as JSON, one a line: what the frames say.
class FrameReader
{
public:
    explicit FrameReader(ReadJob& job)
        : m_job(job)
        , m_window(job.input, job.control, std::size_t(1) << 20)
    {
    }

    Result<void> read()
    {
        bool ended = false;
        while (true) {
            const std::string_view bytes = m_window.bytes();
            EventFrame frame;
            const FrameState state = readFrame(bytes, frame);
            if (state == FrameState::Short && !ended) {
                const auto more = m_window.more();
                if (!more) {
                    give();
                    return more.error();
                }
                ended = !*more;
                continue;
            }
            if (bytes.empty())
                break;
            if (state == FrameState::Whole) {
                if (!frame.opensStream())
                    take(frameJson(frame));
                m_window.consume(frame.size);
            } else if (state == FrameState::Damaged && frame.size > 0) {
                report(IssueKind::MalformedRecord, "a frame whose checksum is wrong");
                m_window.consume(frame.size);
            } else if (state == FrameState::Short) {
                report(IssueKind::TruncatedFile, "the input ends inside a frame");
                m_window.consume(bytes.size());
            } else {
                if (!m_passing)
                    report(IssueKind::MalformedRecord, "bytes that are no frame");
                passBytes(bytes);
            }
        }
        give();
        m_tally.report(m_job.sink);
        return {};
    }

private:
    /// To the next place where a frame may begin.
    void passBytes(std::string_view bytes)
    {
        std::size_t at = 1;
        while (at + 12 <= bytes.size() && !beginsFrame(bytes.substr(at)))
            ++at;
        m_passing = at + 12 > bytes.size() || !beginsFrame(bytes.substr(at));
        m_window.consume(at);
    }

    void report(IssueKind kind, const char* what)
    {
        m_tally.add(Severity::Error, kind, what, -1, static_cast<std::int64_t>(m_window.offset()));
    }

    void take(const std::string& text)
    {
        m_passing = false;
        JsonObject event;
        if (m_parser.parse(text).get_object().get(event) != simdjson::SUCCESS)
            return;
        if (!m_response.empty() && anyVendorEvents.begins(event, m_response))
            give();
        if (m_response.byte == notRecorded)
            m_response.byte = static_cast<std::int64_t>(m_window.offset());
        anyVendorEvents.take(event, noTime, m_response);
        ++m_untimed;
        if (m_response.record.size() + text.size() < maxRecordBytes)
            m_response.record.append(text).append("\n");
        else
            m_tally.add(Severity::Warning, IssueKind::OversizedRecord,
                        "the events of a response are kept up to the limit of a record", -1, m_response.byte);
    }

    void give()
    {
        if (!m_response.empty())
            std::exchange(m_response, StreamedResponse())
                .give(m_job.sink, m_tally, m_job.fileName + '#' + std::to_string(++m_given));
        if (const auto untimed = std::exchange(m_untimed, 0); untimed > 0)
            m_tally.add(Severity::Info, IssueKind::TimeNotRecorded, "events have an order and no times", -1, -1,
                        untimed);
    }

    ReadJob& m_job;
    WindowReader m_window;
    simdjson::dom::parser m_parser;
    IssueTally m_tally;
    StreamedResponse m_response;
    std::uint64_t m_given = 0;
    std::uint64_t m_untimed = 0;
    bool m_passing = false;
};

int sniffFrames(const Probe& probe)
{
    return probe.kind() != ProbeKind::Json && beginsFrame(probe.head()) ? 96 : 0;
}

} // namespace

ImportFormat eventFrameStream()
{
    return {"event-frame-stream", "Bedrock event stream (binary)", sniffFrames,
            [](ReadJob& job) { return FrameReader(job).read(); },
            [](std::string_view record, std::string_view) { return decodeStream(record, anyVendorEvents); }};
}

} // namespace arcscope
