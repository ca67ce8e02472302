#include "eventframes.h"

#include "base64.h"
#include "jsontext.h"
#include "streamreading.h"

#include <zlib.h>

namespace arcscope
{
namespace
{

std::uint32_t numberAt(std::string_view bytes, std::size_t at, std::size_t size)
{
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < size; ++i)
        number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

std::uint32_t checksum(std::string_view bytes)
{
    return static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

/// Bytes of a header's value by its type; for strings and bytes what stands before them.
constexpr std::size_t valueSizes[] = {0, 0, 1, 2, 4, 8, 2, 2, 8, 16};
constexpr std::size_t bytesType = 6;
constexpr std::size_t textType = 7;

void take(std::string_view name, std::string_view value, EventFrame& frame)
{
    if (name == ":message-type")
        frame.kind = value;
    else if (name == ":event-type" || name == ":exception-type" || name == ":error-code")
        frame.name = value;
    else if (name == ":error-message")
        frame.message = value;
}

bool readHeaders(std::string_view headers, EventFrame& frame)
{
    while (!headers.empty()) {
        const std::size_t nameSize = static_cast<unsigned char>(headers.front());
        if (headers.size() < nameSize + 2)
            return false;
        const std::string_view name = headers.substr(1, nameSize);
        const std::size_t type = static_cast<unsigned char>(headers[nameSize + 1]);
        headers.remove_prefix(nameSize + 2);
        if (type >= std::size(valueSizes) || headers.size() < valueSizes[type])
            return false;
        std::size_t size = valueSizes[type];
        if (type == bytesType || type == textType) {
            size = numberAt(headers, 0, 2);
            headers.remove_prefix(2);
            if (headers.size() < size)
                return false;
            if (type == textType)
                take(name, headers.substr(0, size), frame);
        }
        headers.remove_prefix(size);
    }
    return true;
}

/// The JSON in the "bytes" of a chunk: the event of the model's own stream.
std::string chunkJson(std::string_view payload)
{
    simdjson::dom::parser parser;
    JsonObject object;
    JsonElement inner;
    if (parser.parse(std::string(payload)).get_object().get(object) != simdjson::SUCCESS || !hasMember(object, "bytes"))
        return {};
    const auto bytes = base64Bytes(memberText(object, {"bytes"}));
    if (!bytes || parser.parse(*bytes).get(inner) != simdjson::SUCCESS)
        return {};
    return textOf(inner);
}

} // namespace

bool beginsFrame(std::string_view bytes)
{
    if (bytes.size() < 12)
        return false;
    const std::uint32_t size = numberAt(bytes, 0, 4);
    const std::uint32_t headers = numberAt(bytes, 4, 4);
    return size >= smallestFrame && size <= largestFrame && headers <= size - smallestFrame &&
           numberAt(bytes, 8, 4) == checksum(bytes.substr(0, 8));
}

FrameState readFrame(std::string_view bytes, EventFrame& frame)
{
    frame = {};
    if (bytes.size() < 12)
        return FrameState::Short;
    if (!beginsFrame(bytes))
        return FrameState::Damaged;
    frame.size = numberAt(bytes, 0, 4);
    if (bytes.size() < frame.size)
        return FrameState::Short;
    const std::size_t headers = numberAt(bytes, 4, 4);
    frame.payload = bytes.substr(12 + headers, frame.size - smallestFrame - headers);
    if (numberAt(bytes, frame.size - 4, 4) != checksum(bytes.substr(0, frame.size - 4)) ||
        !readHeaders(bytes.substr(12, headers), frame))
        return FrameState::Damaged;
    return FrameState::Whole;
}

std::string frameJson(const EventFrame& frame)
{
    if (frame.kind == "error")
        return "{\"error\":{\"code\":" + jsonQuoted(repairedUtf8(frame.name)) +
               ",\"message\":" + jsonQuoted(repairedUtf8(frame.message)) + "}}";
    if (frame.name == "chunk") {
        if (std::string inner = chunkJson(frame.payload); !inner.empty())
            return inner;
    }
    simdjson::dom::parser parser;
    JsonElement payload;
    const std::string text = repairedUtf8(frame.payload);
    const bool json = parser.parse(text).get(payload) == simdjson::SUCCESS;
    return '{' + jsonQuoted(repairedUtf8(frame.name)) + ':' + (json ? simdjson::minify(payload) : jsonQuoted(text)) +
           '}';
}

std::string frameLines(std::string_view bytes, std::vector<std::string>& notes)
{
    std::string lines;
    EventFrame frame;
    while (!bytes.empty()) {
        const FrameState state = readFrame(bytes, frame);
        if (state == FrameState::Whole)
            lines += frame.opensStream() ? std::string() : frameJson(frame) + '\n';
        else
            notes.emplace_back("a body of event frames ends inside one, or one is damaged");
        if (frame.size == 0 || frame.size > bytes.size())
            break;
        bytes.remove_prefix(frame.size);
    }
    return lines;
}

} // namespace arcscope
