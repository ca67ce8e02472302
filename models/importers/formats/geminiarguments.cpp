#include "geminiarguments.h"

#include <algorithm>
#include <charconv>

namespace arcscope
{
namespace
{

constexpr std::size_t maxSteps = 64;
constexpr std::size_t maxLeftOut = 1'024; ///< elements between two of an array: an index beyond it is damage

char closing(bool element)
{
    return element ? ']' : '}';
}

/// A string's text without its quotes, escaped.
std::string escapedText(const JsonElement& value)
{
    std::string quoted = jsonQuoted(textOf(value));
    return quoted.substr(1, quoted.size() - 2);
}

} // namespace

bool GeminiArguments::stepsOf(std::string_view path, std::vector<Step>& steps)
{
    if (!path.starts_with('$'))
        return false;
    path.remove_prefix(1);
    while (!path.empty() && steps.size() < maxSteps) {
        Step step;
        if (path.starts_with('.')) {
            step.key = path.substr(1, path.find_first_of(".[", 1) - 1);
            path.remove_prefix(1 + step.key.size());
        } else if (path.starts_with("['") && path.find("']", 2) != std::string_view::npos) {
            step.key = path.substr(2, path.find("']", 2) - 2);
            path.remove_prefix(step.key.size() + 4);
        } else {
            const std::size_t end = path.find(']');
            if (!path.starts_with('[') || end == std::string_view::npos)
                return false;
            step.element = true;
            const auto [read, error] = std::from_chars(path.data() + 1, path.data() + end, step.index);
            if (error != std::errc() || read != path.data() + end)
                return false;
            path.remove_prefix(end + 1);
        }
        if (!step.element && step.key.empty())
            return false;
        steps.push_back(std::move(step));
    }
    return path.empty() && !steps.empty();
}

bool GeminiArguments::moveTo(const std::vector<Step>& steps, std::string& out)
{
    const auto [last, next] = std::mismatch(m_at.begin(), m_at.end(), steps.begin(), steps.end());
    const auto shared = static_cast<std::size_t>(next - steps.begin());
    const bool within = last == m_at.end() && !m_at.empty(); // of a value that is no container, or that value again
    const bool around = shared == steps.size();
    if (within || around)
        return false;
    const std::size_t missing = steps[shared].element ? steps[shared].index : 0;
    const bool inside = shared < m_at.size(); // the container of steps[shared] is open and has values
    if (inside && m_at[shared].element != steps[shared].element)
        return false;
    const std::size_t before = inside && steps[shared].element ? m_at[shared].index + 1 : 0;
    const auto far = [](const Step& step) { return step.element && step.index > maxLeftOut; };
    if (missing < before || missing - before > maxLeftOut ||
        std::any_of(steps.begin() + static_cast<std::ptrdiff_t>(shared) + 1, steps.end(), far))
        return false;
    closeString(out);
    for (std::size_t i = m_at.size(); i-- > shared + 1;)
        out += closing(m_at[i].element);
    if (inside)
        out += ',';
    for (std::size_t i = shared; i < steps.size(); ++i) {
        if (i > shared || !inside)
            out += steps[i].element ? '[' : '{';
        for (std::size_t left = i == shared ? before : 0; steps[i].element && left < steps[i].index; ++left)
            out += "null,";
        if (!steps[i].element)
            out += jsonQuoted(steps[i].key) + ':';
    }
    m_at = steps;
    return true;
}

void GeminiArguments::closeString(std::string& out)
{
    if (m_string)
        out += '"';
    m_string = false;
}

std::optional<std::string> GeminiArguments::take(const JsonObject& piece)
{
    std::vector<Step> steps;
    std::string out;
    if (!stepsOf(memberText(piece, {"jsonPath"}), steps))
        return {};
    const bool again = m_string && steps == m_at;
    if (!again && !moveTo(steps, out))
        return {};
    JsonElement value;
    if (findMember(piece, {"stringValue"}, value) && value.is_string()) {
        if (!again)
            out += '"';
        m_string = true;
        out += escapedText(value);
        bool more = false;
        if (!findMember(piece, {"willContinue"}, value) || value.get(more) != simdjson::SUCCESS || !more)
            closeString(out);
        return out;
    }
    if (again)
        return {};
    out += findMember(piece, {"numberValue", "boolValue"}, value) ? textOf(value) : "null";
    return out;
}

std::string GeminiArguments::finish()
{
    std::string out;
    closeString(out);
    for (std::size_t i = m_at.size(); i-- > 0;)
        out += closing(m_at[i].element);
    m_at.clear();
    return out;
}

} // namespace arcscope
