#include "completions.h"
#include "describedvalue.h"

namespace arcscope
{
namespace
{

/// One specification of _arguments: '*--trace=[these traces]:ID: '.
std::string argument(const OptionSpec& option)
{
    const DescribedValue value = describedValue(option);
    std::string text = value.repeated ? "*" : "";
    text += option.name;
    if (value.wanted)
        text += isLong(option) ? "=" : "+";
    text += '[' + escaped(option.help, "[]\\") + ']';
    if (value.wanted) {
        text += ':' + escaped(option.value, ":\\") + ':';
        if (value.isFile)
            text += "_files";
        else if (value.words.empty())
            text += ' ';
        for (std::size_t i = 0; i < value.words.size(); ++i)
            text.append(i == 0 ? "(" : " ").append(value.words[i]).append(i + 1 == value.words.size() ? ")" : "");
    }
    return quoted(text);
}

std::string arguments(std::span<const OptionSpec> options, std::string_view more)
{
    std::string all = "_arguments -S";
    for (const OptionSpec& option : options)
        all += " \\\n                " + argument(option);
    return all + " \\\n                " + std::string(more);
}

} // namespace

std::string zshCompletion(const CommandTable& table)
{
    std::string names;
    std::string cases;
    for (const Command& command : table.commands) {
        names += "        " + quoted(escaped(command.name, ":") + ':' + escaped(command.summary, "\\")) + '\n';
        cases += "        " + std::string(command.name) + ")\n            " +
                 arguments(command.options, command.operands.empty()
                                                ? "'--help[the options of the command]'"
                                                : "'--help[the options of the command]' '*:file or folder:_files'") +
                 "\n            ;;\n";
    }
    return "#compdef arcscope\n"
           "# zsh completion of arcscope, made from its table of commands\n"
           "_arcscope() {\n"
           "    local -a commands\n"
           "    commands=(\n" +
           names +
           "    )\n"
           "    if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then\n"
           "        _describe -t commands command commands\n"
           "        _files\n"
           "        return\n"
           "    fi\n"
           "    case $words[2] in\n" +
           cases + "        *)\n            " +
           arguments(table.window,
                     "'--help[commands and options]' '--version[the version]' '*:file or folder:_files'") +
           "\n            return\n            ;;\n"
           "    esac\n"
           "}\n"
           "_arcscope \"$@\"\n";
}

} // namespace arcscope
