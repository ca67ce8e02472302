#include "geminiarguments.h"

#include "streamreading.h"

#include <charconv>
#include <memory>
#include <utility>
#include <vector>

namespace arcscope
{
namespace
{

constexpr std::size_t maxSteps = 64;
constexpr std::size_t maxElements = 65'536; ///< of one array: an index beyond it is damage

/// A value that is put together: an object, an array, a string, or another scalar as JSON text.
struct Piece {
    enum class Kind : std::uint8_t { None, Object, Array, Text, Scalar };
    Kind kind = Kind::None;
    std::string text;
    std::vector<std::pair<std::string, std::unique_ptr<Piece>>> members; ///< keys empty in arrays
};

/// One step of a path: a key, or an index.
struct Step {
    std::string_view key;
    std::size_t index = 0;
    bool element = false;
};

/// Takes the next step off a path behind its "$".
bool takeStep(std::string_view& path, Step& step)
{
    if (path.starts_with('.')) {
        path.remove_prefix(1);
        step.key = path.substr(0, path.find_first_of(".["));
        path.remove_prefix(step.key.size());
        return !step.key.empty();
    }
    if (path.starts_with("['")) {
        const std::size_t end = path.find("']");
        if (end == std::string_view::npos)
            return false;
        step.key = path.substr(2, end - 2);
        path.remove_prefix(end + 2);
        return true;
    }
    const std::size_t end = path.find(']');
    if (!path.starts_with('[') || end == std::string_view::npos)
        return false;
    step.element = true;
    const auto read = std::from_chars(path.data() + 1, path.data() + end, step.index);
    path.remove_prefix(end + 1);
    return read.ec == std::errc() && step.index < maxElements;
}

Piece* childOf(Piece& piece, const Step& step)
{
    const Piece::Kind wanted = step.element ? Piece::Kind::Array : Piece::Kind::Object;
    if (piece.kind == Piece::Kind::None)
        piece.kind = wanted;
    if (piece.kind != wanted)
        return nullptr;
    if (step.element) {
        while (piece.members.size() <= step.index)
            piece.members.emplace_back(std::string(), std::make_unique<Piece>());
        return piece.members[step.index].second.get();
    }
    for (auto& [key, child] : piece.members) {
        if (key == step.key)
            return child.get();
    }
    return piece.members.emplace_back(std::string(step.key), std::make_unique<Piece>()).second.get();
}

bool add(Piece& root, const JsonObject& fragment)
{
    const std::string whole = memberText(fragment, {"jsonPath"});
    std::string_view path = whole;
    if (!path.starts_with('$'))
        return false;
    path.remove_prefix(1);
    Piece* piece = &root;
    for (std::size_t steps = 0; !path.empty(); ++steps) {
        Step step;
        if (steps == maxSteps || !takeStep(path, step))
            return false;
        piece = childOf(*piece, step);
        if (!piece)
            return false;
    }
    JsonElement value;
    if (findMember(fragment, {"stringValue"}, value) && value.is_string()) {
        if (piece->kind != Piece::Kind::None && piece->kind != Piece::Kind::Text)
            return false;
        piece->kind = Piece::Kind::Text;
        piece->text += textOf(value);
        return true;
    }
    if (piece->kind == Piece::Kind::Object || piece->kind == Piece::Kind::Array)
        return false;
    piece->kind = Piece::Kind::Scalar;
    piece->text = "null";
    if (findMember(fragment, {"numberValue", "boolValue"}, value))
        piece->text = textOf(value);
    return true;
}

void write(const Piece& piece, std::string& out)
{
    switch (piece.kind) {
    case Piece::Kind::None:
        out += "null";
        return;
    case Piece::Kind::Text:
        out += jsonQuoted(piece.text);
        return;
    case Piece::Kind::Scalar:
        out += piece.text;
        return;
    case Piece::Kind::Object:
    case Piece::Kind::Array:
        break;
    }
    const bool array = piece.kind == Piece::Kind::Array;
    out += array ? '[' : '{';
    bool first = true;
    for (const auto& [key, child] : piece.members) {
        if (!std::exchange(first, false))
            out += ',';
        if (!array)
            out += jsonQuoted(key) + ':';
        write(*child, out);
    }
    out += array ? ']' : '}';
}

} // namespace

std::string joinedArguments(std::string_view pieces)
{
    Piece root;
    bool whole = true;
    simdjson::dom::parser parser;
    eachValue(pieces, [&](const JsonValue& list) {
        JsonArray array;
        whole = whole && parser.parse(std::string(list.raw())).get_array().get(array) == simdjson::SUCCESS;
        if (!whole)
            return;
        for (const JsonElement element : array) {
            JsonObject fragment;
            whole = whole && element.get(fragment) == simdjson::SUCCESS && add(root, fragment);
        }
    });
    std::string out;
    if (whole && root.kind != Piece::Kind::None)
        write(root, out);
    return out;
}

} // namespace arcscope
