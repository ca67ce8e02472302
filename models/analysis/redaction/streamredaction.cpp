#include "streamredaction.h"

#include "streammodel.h"

#include <algorithm>
#include <memory>

namespace arcscope
{
namespace
{

/// A text that could be read, and where in the text of its block each byte stands.
struct Readable {
    std::string text;
    std::vector<std::size_t> places; ///< empty: the same
};

/// What could be read of a block at its end, and just before something was withdrawn (at most so often).
std::vector<Readable> readingsOf(const StreamModel& model, std::uint32_t index)
{
    constexpr std::size_t mostMoments = 64;
    const TextBlock& block = model.blocks()[index];
    std::vector<Readable> readings{{block.text, {}}};
    std::vector<std::uint32_t> moments{block.lastEvent};
    for (const Retraction& one : model.retractions()) {
        if (one.block == index && one.event > 0 && moments.size() < mostMoments)
            moments.push_back(one.event - 1);
    }
    for (const std::uint32_t moment : moments) {
        Readable reading;
        for (const TextPiece& piece : block.pieces) {
            if (!piece.visibleAt(moment))
                continue;
            reading.text += block.textOf(piece);
            for (std::uint64_t at = piece.begin; at < piece.end; ++at)
                reading.places.push_back(static_cast<std::size_t>(at));
        }
        if (reading.text.size() != block.text.size())
            readings.push_back(std::move(reading));
    }
    return readings;
}

/// The text of a block with every known value struck.
std::string struckText(const StreamModel& model, std::uint32_t index, Redactor& redactor)
{
    std::string struck = model.blocks()[index].text;
    for (const Readable& reading : readingsOf(model, index)) {
        for (const KnownValues::Found& hit : redactor.knownIn(reading.text)) {
            const std::string instead = redactor.placeholderOf(hit.id, hit.range.to - hit.range.from, "stream");
            for (std::size_t i = hit.range.from; i < hit.range.to; ++i)
                struck[reading.places.empty() ? i : reading.places[i]] = instead[i - hit.range.from];
        }
    }
    return struck;
}

} // namespace

void collectStream(const PackedStream& stream, Redactor& redactor)
{
    const auto model = StreamModel::of(stream);
    for (std::uint32_t i = 0; i < model->blocks().size(); ++i) {
        for (const Readable& reading : readingsOf(*model, i))
            redactor.collect(reading.text);
    }
    for (const StreamEvent& event : model->events()) {
        redactor.collect(event.detail);
        if (event.kind != StreamEventKind::Chunk && event.kind != StreamEventKind::Draft)
            redactor.collect(event.text);
    }
}

PackedStream redactedStream(const PackedStream& stream, Redactor& redactor)
{
    const auto model = StreamModel::of(stream);
    std::vector<std::string> texts;
    for (std::uint32_t i = 0; i < model->blocks().size(); ++i)
        texts.push_back(struckText(*model, i, redactor));
    std::vector<std::size_t> passed(texts.size(), 0);
    StreamWriter writer;
    for (std::uint32_t number = 0; number < model->events().size(); ++number) {
        StreamEvent event = model->events()[number];
        std::string text(event.text);
        std::string detail(event.detail);
        const std::uint32_t block = model->blockOf(number);
        const bool shows = event.kind == StreamEventKind::Chunk || event.kind == StreamEventKind::Draft;
        if (shows && block != noEvent && passed[block] + text.size() <= texts[block].size()) {
            text = texts[block].substr(passed[block], text.size());
            passed[block] += text.size();
        } else {
            redactor.strike(text, {}, "stream");
        }
        redactor.strike(detail, {}, "stream detail");
        event.text = text;
        event.detail = detail;
        writer.add(event);
    }
    return writer.take();
}

} // namespace arcscope
