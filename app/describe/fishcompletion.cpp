#include "completions.h"
#include "describedvalue.h"

namespace arcscope
{
namespace
{

/// fish reads a backslash in single quotes as an escape of them and of itself.
std::string fishQuoted(std::string_view text)
{
    return "'" + escaped(text, "'\\") + "'";
}

std::string line(std::string_view condition, const OptionSpec& option)
{
    const DescribedValue value = describedValue(option);
    std::string text = "complete -c arcscope -n " + fishQuoted(condition) + (isLong(option) ? " -l " : " -s ") +
                       std::string(bareName(option));
    if (value.isFile)
        text += " -r -F";
    else if (value.wanted)
        text += " -x";
    for (std::size_t i = 0; i < value.words.size(); ++i)
        text.append(i == 0 ? " -a '" : " ").append(value.words[i]).append(i + 1 == value.words.size() ? "'" : "");
    return text + " -d " + fishQuoted(option.help) + '\n';
}

} // namespace

std::string fishCompletion(const CommandTable& table)
{
    constexpr OptionSpec help{"--help", "", "the options of the command"};
    constexpr OptionSpec version{"--version", "", "the version"};
    constexpr OptionSpec allHelp{"--help", "", "commands and options"};
    std::string names;
    std::string lines;
    for (const Command& command : table.commands) {
        names.append(names.empty() ? "" : " ").append(command.name);
        lines += "complete -c arcscope -n __arcscope_first -a " + std::string(command.name) + " -d " +
                 fishQuoted(command.summary) + '\n';
        const std::string condition = "__arcscope_command " + std::string(command.name);
        for (const OptionSpec& option : command.options)
            lines += line(condition, option);
        lines += line(condition, help);
    }
    for (const OptionSpec& option : table.window)
        lines += line("__arcscope_window", option);
    lines += line("__arcscope_window", allHelp) + line("__arcscope_window", version);
    return "# fish completion of arcscope, made from its table of commands\n"
           "function __arcscope_first\n"
           "    test (count (commandline -opc)) -eq 1\n"
           "end\n"
           "function __arcscope_command\n"
           "    set -l words (commandline -opc)\n"
           "    test (count $words) -ge 2; and test $words[2] = $argv[1]\n"
           "end\n"
           "function __arcscope_window\n"
           "    set -l words (commandline -opc)\n"
           "    test (count $words) -lt 2; or not contains -- $words[2] " +
           names +
           "\n"
           "end\n" +
           lines;
}

} // namespace arcscope
