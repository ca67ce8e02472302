#include "retriedstreams.h"

#include "format.h"
#include "retriedcalls.h"
#include "streammodel.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

namespace arcscope
{
namespace
{

/// Of a longer record nothing is compared.
constexpr std::int64_t longestDecoded = std::int64_t{8} << 20;

std::uint64_t digestOf(const std::vector<Message>& messages)
{
    std::string all;
    const auto put = [&all](std::string_view text) {
        all += std::to_string(text.size());
        all += ':';
        all += text;
    };
    for (const Message& message : messages) {
        put(message.roleText);
        put(std::to_string(message.parts.size()));
        for (const Part& part : message.parts) {
            all += static_cast<char>('a' + static_cast<int>(part.kind));
            for (const std::string* const text : {&part.text, &part.name, &part.id, &part.media})
                put(*text);
        }
    }
    return messages.empty() ? 0 : hashOf(std::string_view(all)) | 1U;
}

/// Prompts of stored spans.
class Prompts
{
public:
    Prompts(SpanWriter& writer, const SpanTable& spans)
        : m_writer(writer)
        , m_spans(spans)
    {
    }

    std::uint64_t of(Row row)
    {
        const std::int64_t length = m_spans.at(SpanColumn::BlockLength, row);
        if (m_error || length <= 0 || length > longestDecoded)
            return 0;
        if (!m_strings) {
            auto strings = m_writer.strings();
            if (!strings)
                return fail(strings.error());
            m_strings = std::move(*strings);
        }
        const auto text = [&](SpanText what) {
            return (*m_strings)[StringId{static_cast<std::uint32_t>(m_spans.at(columnOf(what), row))}];
        };
        const ImportFormat* const format = formatNamed(text(SpanText::Format));
        if (!format)
            return 0;
        const auto record = m_writer.record(m_spans, row);
        if (!record)
            return fail(record.error());
        return digestOf(format->decode(*record, text(SpanText::Resource)).input);
    }

    const std::optional<Error>& error() const { return m_error; }

private:
    std::uint64_t fail(Error error)
    {
        m_error = std::move(error);
        return 0;
    }

    SpanWriter& m_writer;
    const SpanTable& m_spans;
    std::optional<StringTable> m_strings;
    std::optional<Error> m_error;
};

/// The withdrawals of all that a stream leaves to be read, at `time`, which is noTime where the stream has no times.
PackedStream withdrawalsOf(PackedStream stream, Nanos time)
{
    const Nanos last = stream.lastTime;
    const auto model = StreamModel::of(std::move(stream));
    StreamWriter writer;
    if (model->events().empty())
        return writer.take();
    const auto end = static_cast<std::uint32_t>(model->events().size() - 1);
    for (const TextBlock& block : model->blocks()) {
        const std::size_t shown = block.textAt(end).size();
        if (shown == 0)
            continue;
        StreamEvent event;
        event.kind = StreamEventKind::Retract;
        event.block = block.type;
        event.blockIndex = block.index;
        event.choice = block.choice;
        event.time = model->timed() ? std::max(time, last) : noTime;
        event.from = 0;
        event.to = static_cast<std::int64_t>(shown);
        event.detail = R"({"reason":"retry","evidence":"inferred"})";
        writer.add(event);
    }
    return writer.take();
}

constexpr std::array cutColumns{SpanColumn::StreamEvents, SpanColumn::Status};
constexpr std::array comparedColumns{SpanColumn::Trace,
                                     SpanColumn::Kind,
                                     SpanColumn::Start,
                                     SpanColumn::Duration,
                                     SpanColumn::ParentForm,
                                     SpanColumn::ParentHigh,
                                     SpanColumn::ParentLow,
                                     SpanColumn::Messages,
                                     SpanColumn::Block,
                                     SpanColumn::BlockOffset,
                                     SpanColumn::BlockLength,
                                     columnOf(SpanText::ModelRequested),
                                     columnOf(SpanText::ModelServed),
                                     columnOf(SpanText::Format),
                                     columnOf(SpanText::Resource)};

/// Most corpora have no stream, or no call that was cut.
bool mayHaveCutStreams(const SpanTable& spans)
{
    return std::any_of(spans.chunks().begin(), spans.chunks().end(), [](const SpanTable::Chunk& chunk) {
        return chunk[SpanColumn::StreamEvents].max() > 0 &&
               chunk[SpanColumn::Status].max() >= static_cast<std::int64_t>(SpanStatus::Error);
    });
}

} // namespace

Result<void> withdrawRetried(SpanWriter& writer, SpanTable& spans, Assembly& assembly, const Control& control)
{
    if (auto loaded = writer.load(spans, cutColumns); !loaded)
        return loaded;
    if (!mayHaveCutStreams(spans))
        return {};
    if (auto loaded = writer.load(spans, comparedColumns); !loaded)
        return loaded;
    Prompts prompts(writer, spans);
    const auto retried = retriedCalls(
        spans, assembly.parentRow, assembly.flags, [&](Row row) { return prompts.of(row); }, control);
    if (prompts.error())
        return *prompts.error();
    if (!retried)
        return retried.error();
    bool patched = false;
    for (const RetriedCall& call : *retried) {
        auto stream = writer.stream(call.row);
        if (!stream)
            return stream.error();
        const std::uint32_t events = stream->count;
        const PackedStream withdrawals = withdrawalsOf(std::move(*stream), spans.at(SpanColumn::Start, call.by));
        if (withdrawals.count == 0)
            continue;
        if (auto written = writer.continueStream(call.row, withdrawals); !written)
            return written;
        assembly.patches.push_back({SpanColumn::StreamEvents, call.row, std::int64_t{events} + withdrawals.count});
        patched = true;
    }
    if (patched)
        std::stable_sort(assembly.patches.begin(), assembly.patches.end(), [](const Patch& a, const Patch& b) {
            return std::tuple(a.column, a.row) < std::tuple(b.column, b.row);
        });
    return {};
}

} // namespace arcscope
