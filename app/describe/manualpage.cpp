#include "manualpage.h"

#include <array>
#include <cstdio>

namespace arcscope
{
namespace
{

/// The code point that starts at `at`, and moves `at` behind it. `text` is valid UTF-8: it is ours.
char32_t next(std::string_view text, std::size_t& at)
{
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80)
        return lead;
    char32_t point = lead & (lead < 0xe0 ? 0x1fU : lead < 0xf0 ? 0x0fU : 0x07U);
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U)
        point = (point << 6U) | (static_cast<unsigned char>(text[at++]) & 0x3fU);
    return point;
}

/// Text as troff prints it: a dash is a minus, so that it can be copied; nothing is a request.
std::string troff(std::string_view text)
{
    std::string safe;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next(text, at);
        if (point == U'\\') {
            safe += "\\e";
        } else if (point == U'-') {
            safe += "\\-";
        } else if (point == U'\'') {
            safe += "\\(aq";
        } else if (point == U'~') {
            safe += "\\(ti";
        } else if (point == U'^') {
            safe += "\\(ha";
        } else if (point < 0x80) {
            safe += static_cast<char>(point);
        } else {
            std::array<char, 16> name{};
            std::snprintf(name.data(), name.size(), "\\[u%04X]", static_cast<unsigned>(point));
            safe += name.data();
        }
    }
    return safe.starts_with('.') ? "\\&" + safe : safe;
}

std::string tagged(std::span<const OptionSpec> options)
{
    std::string text;
    for (const OptionSpec& option : options) {
        text += ".TP\n\\fB" + troff(option.name) + "\\fR";
        if (!option.value.empty())
            text += " \\fI" + troff(option.value) + "\\fR";
        text += '\n' + troff(option.help) + '\n';
    }
    return text;
}

std::string usage(const Command& command)
{
    std::string text = "\\fBarcscope " + troff(command.name) + "\\fR";
    if (!command.operands.empty())
        text += ' ' + troff(command.operands);
    return text;
}

void fill(std::string& page, std::string_view name, const std::string& text)
{
    for (std::size_t at = page.find(name); at != std::string::npos; at = page.find(name, at + text.size()))
        page.replace(at, name.size(), text);
}

} // namespace

std::string manualPage(std::string page, std::string_view version, const CommandTable& table)
{
    std::string synopsis = "\\fBarcscope\\fR [\\fIOPTION\\fR...] [\\fIPATH\\fR...]\n";
    std::string described;
    for (const Command& command : table.commands) {
        synopsis += ".br\n" + usage(command) + '\n';
        described += ".SS " + troff(command.name) + '\n' + usage(command) + "\n.PP\n" + troff(command.summary) + ".\n" +
                     tagged(command.options);
    }
    fill(page, "@VERSION@", std::string(version));
    fill(page, "@SYNOPSIS@\n", synopsis);
    fill(page, "@WINDOW@\n", tagged(table.window));
    fill(page, "@COMMANDS@\n", described);
    return page;
}

} // namespace arcscope
