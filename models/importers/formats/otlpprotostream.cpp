#include "otlpprotostream.h"

#include "decompress.h"

#include <algorithm>
#include <zstd.h>

namespace arcscope
{
namespace
{

constexpr std::size_t lengthBytes = 4;
/// Of a compressed request, to see what it is.
constexpr std::size_t packedHeadBytes = 16'384;
/// What is looked at of one request to see what it carries: a resource may be long.
constexpr std::size_t seenBytes = std::size_t(1) << 20;

class NoBytes final : public ByteStream
{
public:
    Result<std::size_t> read(std::span<char>) override { return std::size_t(0); }
    std::uint64_t bytesOnDisk() const override { return 0; }
};

std::unique_ptr<ByteStream> unpacking(std::string_view packed)
{
    return unpacked(Packing::Zstd, withHead(std::string(packed), std::make_unique<NoBytes>()));
}

bool carries(OtlpSignal signal)
{
    return signal == OtlpSignal::Traces || signal == OtlpSignal::Logs || signal == OtlpSignal::Metrics;
}

bool isPacked(std::string_view bytes)
{
    return packingOf(bytes) == Packing::Zstd;
}

/// A request as it lies in a frame.
OtlpSignal requestSignal(std::string_view bytes, std::uint64_t size)
{
    constexpr std::size_t keyWithin = 256;
    if (!bytes.starts_with('{'))
        return bytes.starts_with('\x0a') ? otlpSignal(bytes, size) : OtlpSignal::None;
    const std::string_view head = bytes.substr(0, keyWithin);
    for (const std::string_view key : {"\"resourceSpans\"", "\"resourceLogs\"", "\"resourceMetrics\""}) {
        if (head.find(key) != std::string_view::npos)
            return OtlpSignal::Traces; // the reader of the JSON will see which
    }
    return head.size() < std::min<std::uint64_t>(size, keyWithin) ? OtlpSignal::Cut : OtlpSignal::None;
}

OtlpSignal packedSignal(std::string_view packed, bool whole)
{
    std::string head(packedHeadBytes, '\0');
    std::unique_ptr<Error> error;
    head.resize(readFully(*unpacking(packed.substr(0, packedHeadBytes)), head, error));
    const OtlpSignal signal = requestSignal(head, unknownSize);
    return head.empty() && !whole && packed.size() < packedHeadBytes ? OtlpSignal::Cut : signal;
}

} // namespace

OtlpSignal frameSignal(std::string_view bytes)
{
    if (bytes.size() <= lengthBytes)
        return OtlpSignal::Cut;
    std::uint32_t length = 0;
    for (const char byte : bytes.substr(0, lengthBytes))
        length = length << 8 | static_cast<unsigned char>(byte);
    const std::string_view request = bytes.substr(lengthBytes, length);
    if (request.empty())
        return OtlpSignal::Empty;
    if (request.front() == '{' && length > maxRecordBytes) // plain JSON, of which the length would be the first bytes
        return OtlpSignal::None;
    return isPacked(request) ? packedSignal(request, request.size() == length) : requestSignal(request, length);
}

OtlpProtoStream::OtlpProtoStream(Source& input, const Control& control, IssueTally& tally)
    : m_input(input)
    , m_tally(tally)
    , m_window(input, {control.stop, nullptr})
{
}

Result<std::size_t> OtlpProtoStream::read(std::span<char> into)
{
    std::size_t filled = 0;
    while (filled < into.size()) {
        if (m_outAt == m_out.size()) {
            m_written += m_out.size();
            m_out.clear();
            m_outAt = 0;
            if (!step())
                break;
        }
        const std::size_t count = m_out.copy(into.data() + filled, into.size() - filled, m_outAt);
        m_outAt += count;
        filled += count;
    }
    if (filled == 0 && m_error && !into.empty())
        return *m_error;
    return filled;
}

std::uint64_t OtlpProtoStream::place(std::uint64_t jsonByte)
{
    while (m_places.size() > 1 && m_places[1].json <= jsonByte)
        m_places.pop_front();
    if (m_places.empty())
        return 0;
    const Place& place = m_places.front();
    return place.input + (place.shift == noShift ? 0 : (jsonByte - place.json) >> place.shift);
}

void OtlpProtoStream::mark(std::uint64_t inputByte, int shift)
{
    const Place place{m_written + m_out.size(), inputByte, shift};
    if (!m_places.empty() && m_places.back().json == place.json)
        m_places.back() = place;
    else
        m_places.push_back(place);
}

void OtlpProtoStream::report(Severity severity, IssueKind kind, std::string what)
{
    m_tally.add(severity, kind, std::move(what), -1, static_cast<std::int64_t>(m_frameAt));
}

/// False where the input has fewer.
bool OtlpProtoStream::ahead(std::size_t bytes)
{
    while (m_window.bytes().size() < bytes && !m_inputEnded) {
        const auto more = m_window.more();
        if (!more)
            m_error = more.error();
        m_inputEnded = !more || !*more;
    }
    return m_window.bytes().size() >= bytes;
}

bool OtlpProtoStream::step()
{
    if (m_message)
        stepRequest();
    else if (m_json)
        stepJson();
    else if (m_searching)
        search();
    else
        return begin();
    return true;
}

/// What the bytes in the window begin with.
OtlpSignal OtlpProtoStream::signalHere()
{
    OtlpSignal signal = OtlpSignal::Cut;
    for (std::size_t seen = 4'096; signal == OtlpSignal::Cut && seen <= seenBytes; seen *= 4) {
        const bool all = !ahead(seen);
        const std::string_view bytes = m_window.bytes();
        signal = m_framed ? frameSignal(bytes) : otlpSignal(bytes, unknownSize);
        if (all)
            break;
    }
    return signal;
}

bool OtlpProtoStream::begin()
{
    if (!ahead(1))
        return false;
    if (!std::exchange(m_told, true)) {
        m_framed = false;
        m_framed = !carries(signalHere());
    }
    m_frameAt = m_window.offset();
    if (!m_framed) {
        beginRequest(signalHere(), false, unknownSize);
        return true;
    }
    const OtlpSignal signal = signalHere();
    const std::string_view bytes = m_window.bytes();
    std::uint64_t length = 0;
    for (const char byte : bytes.substr(0, lengthBytes))
        length = length << 8 | static_cast<unsigned char>(byte);
    if (signal == OtlpSignal::Empty) {
        report(Severity::Info, IssueKind::UnknownRecord, "an empty request");
        m_window.consume(std::min<std::size_t>(bytes.size(), lengthBytes + static_cast<std::size_t>(length)));
    } else if (!carries(signal)) {
        const bool cut = signal == OtlpSignal::Cut && m_inputEnded;
        report(Severity::Error, cut ? IssueKind::TruncatedFile : IssueKind::MalformedRecord,
               cut ? "the input ends inside a frame" : "bytes that are no frame of a request");
        passDamaged(lengthBytes + length);
    } else if (isPacked(bytes.substr(lengthBytes))) {
        if (length > maxRecordBytes) {
            report(Severity::Error, IssueKind::OversizedRecord, "a compressed frame longer than the limit of a record");
            m_window.consume(1);
            m_searching = true;
            return true;
        }
        const std::size_t whole = lengthBytes + static_cast<std::size_t>(length);
        if (!ahead(whole))
            report(Severity::Error, IssueKind::TruncatedFile, "the input ends inside a frame");
        const std::string_view frame = m_window.bytes().substr(0, whole);
        m_packed = std::make_unique<Packed>(unpacking(frame.substr(lengthBytes)));
        m_packedSize = whole;
        const std::string_view head = m_packed->source.peek(seenBytes);
        const bool json = head.starts_with('{');
        beginRequest(json ? signal : otlpSignal(head, unknownSize), json, unknownSize);
    } else {
        const bool json = bytes[lengthBytes] == '{';
        m_window.consume(lengthBytes);
        beginRequest(signal, json, length);
    }
    return true;
}

void OtlpProtoStream::beginRequest(OtlpSignal signal, bool json, std::uint64_t size)
{
    m_searching = false;
    m_json = json;
    m_steps = 0;
    mark(json && !m_packed ? m_window.offset() : m_frameAt, !json ? noShift : m_packed ? packedShift : 0);
    m_jsonLeft = size;
    if (json)
        return;
    m_message.emplace(m_packed ? m_packed->window : m_window, size, signal, m_tally);
    if (m_packed)
        m_message->tellPlacesAs(m_frameAt);
}

void OtlpProtoStream::stepRequest()
{
    mark(m_packed ? m_frameAt + std::min(++m_steps, m_packedSize) : m_window.offset());
    const auto now = m_message->step(m_out);
    if (!now)
        end(OtlpProtoEnd::Cut, &now.error());
    else if (*now != OtlpProtoEnd::Going)
        end(*now, nullptr);
}

void OtlpProtoStream::stepJson()
{
    WindowReader& window = m_packed ? m_packed->window : m_window;
    const Result<bool> more = window.bytes().empty() ? window.more() : Result<bool>(true);
    const std::string_view bytes =
        window.bytes().substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(m_jsonLeft, unknownSize >> 1)));
    m_out += bytes;
    if (m_jsonLeft != unknownSize)
        m_jsonLeft -= bytes.size();
    window.consume(bytes.size());
    if (m_jsonLeft > 0 && more && *more)
        return;
    m_out += '\n';
    end(m_jsonLeft == 0 || (m_packed && more) ? OtlpProtoEnd::Whole : OtlpProtoEnd::Cut,
        more ? nullptr : &more.error());
}

void OtlpProtoStream::end(OtlpProtoEnd how, const Error* error)
{
    m_message.reset();
    m_json = false;
    const bool wasPacked = m_packed != nullptr;
    if (wasPacked) {
        if (error)
            report(Severity::Error, IssueKind::MalformedRecord, error->message);
        else if (how == OtlpProtoEnd::Cut)
            report(Severity::Error, IssueKind::MalformedRecord, "a compressed request that ends inside a span");
        passPacked(how == OtlpProtoEnd::Whole && !error);
        m_packed.reset();
        return;
    }
    if (error) {
        m_error = *error;
        m_inputEnded = true;
    }
    if (how == OtlpProtoEnd::Cut) {
        report(Severity::Error, IssueKind::TruncatedFile,
               m_framed ? "the input ends inside a frame" : "the input ends inside a request");
        m_window.consume(m_window.bytes().size());
    }
    m_searching = how == OtlpProtoEnd::Damaged;
}

/// Whether a frame of this size is followed by another one, or by nothing.
bool OtlpProtoStream::fits(std::uint64_t size)
{
    if (size > maxRecordBytes || !ahead(static_cast<std::size_t>(size)))
        return false;
    const auto whole = static_cast<std::size_t>(size);
    ahead(whole + packedHeadBytes);
    const std::string_view behind = m_window.bytes().substr(whole);
    return behind.empty() || carries(frameSignal(behind));
}

void OtlpProtoStream::passDamaged(std::uint64_t size)
{
    m_searching = !fits(size);
    m_window.consume(m_searching ? 1 : static_cast<std::size_t>(size));
}

/// Behind the frame: where its length says, or the compressed data, or where the next frame is found.
void OtlpProtoStream::passPacked(bool sound)
{
    const auto size = static_cast<std::size_t>(m_packedSize);
    if (fits(size) || (sound && ahead(size))) {
        m_window.consume(size);
        return;
    }
    const std::string_view bytes = m_window.bytes();
    const std::size_t packed = ZSTD_findFrameCompressedSize(bytes.data() + lengthBytes, bytes.size() - lengthBytes);
    m_searching = ZSTD_isError(packed) != 0;
    m_window.consume(m_searching ? 1 : lengthBytes + packed);
}

/// To the next place where a request begins.
void OtlpProtoStream::search()
{
    const std::size_t before = m_framed ? lengthBytes : 0;
    ahead(seenBytes);
    const std::string_view bytes = m_window.bytes();
    const std::size_t most = m_inputEnded ? bytes.size() : bytes.size() - std::min(bytes.size(), seenBytes / 2);
    for (std::size_t at = 0; at < most; ++at) {
        const std::string_view rest = bytes.substr(at);
        if (rest.size() <= before ||
            (rest[before] != '\x0a' && (!m_framed || (rest[before] != '{' && rest[before] != '\x28'))))
            continue;
        if (carries(m_framed ? frameSignal(rest) : otlpSignal(rest, unknownSize))) {
            m_window.consume(at);
            m_searching = false;
            return;
        }
    }
    m_window.consume(most);
    m_searching = !m_inputEnded || !m_window.bytes().empty();
}

} // namespace arcscope
