#include "completions.h"
#include "describedvalue.h"

namespace arcscope
{
namespace
{

std::string joined(const std::vector<std::string>& words)
{
    std::string all;
    for (const std::string& word : words)
        all.append(all.empty() ? "" : " ").append(word);
    return all;
}

std::string namesOf(std::span<const OptionSpec> options)
{
    std::vector<std::string> names;
    for (const OptionSpec& option : options)
        names.emplace_back(option.name);
    return joined(names);
}

/// What stands behind the options of a command that take a value.
std::string valuesOf(const Command& command)
{
    std::string lines;
    std::string anything;
    for (const OptionSpec& option : command.options) {
        const DescribedValue value = describedValue(option);
        const std::string place = "'" + std::string(command.name) + ' ' + std::string(option.name) + "'";
        if (value.isFile)
            lines += "        " + place + ") _arcscope_files; return ;;\n";
        else if (!value.words.empty())
            lines += "        " + place + ") _arcscope_words '" + joined(value.words) + "'; return ;;\n";
        else if (value.wanted)
            anything += (anything.empty() ? "        " : "|") + place;
    }
    return anything.empty() ? lines : lines + anything + ") return ;;\n";
}

} // namespace

std::string bashCompletion(const CommandTable& table)
{
    std::string names;
    std::string values;
    std::string options;
    for (const Command& command : table.commands) {
        names.append(names.empty() ? "" : " ").append(command.name);
        values += valuesOf(command);
        options.append("        ").append(command.name).append(") options='").append(namesOf(command.options));
        options.append(command.options.empty() ? "" : " ").append("--help' ;;\n");
    }
    return "# bash completion of arcscope, made from its table of commands\n"
           "_arcscope_files()\n{\n"
           "    local file\n"
           "    while IFS= read -r file; do COMPREPLY+=(\"$file\"); done < <(compgen -f -- \"$current\")\n"
           "    compopt -o filenames 2>/dev/null\n"
           "}\n"
           "_arcscope_words()\n{\n"
           "    local word\n"
           "    while IFS= read -r word; do COMPREPLY+=(\"$word\"); done < <(compgen -W \"$1\" -- \"$current\")\n"
           "}\n"
           "_arcscope()\n{\n"
           "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
           "    local command=${COMP_WORDS[1]} options\n"
           "    COMPREPLY=()\n"
           "    # \"=\" is a word of its own\n"
           "    if [[ $current == \"=\" ]]; then\n"
           "        current=\n"
           "    elif [[ $before == \"=\" ]]; then\n"
           "        before=${COMP_WORDS[COMP_CWORD-2]}\n"
           "    fi\n"
           "    case \"$command $before\" in\n" +
           values +
           "    esac\n"
           "    case $command in\n" +
           options + "        *) options='" + namesOf(table.window) +
           " --help --version' ;;\n"
           "    esac\n"
           "    if [[ $current == -* ]]; then\n"
           "        _arcscope_words \"$options\"\n"
           "        return\n"
           "    fi\n"
           "    if ((COMP_CWORD == 1)); then\n"
           "        _arcscope_words '" +
           names +
           "'\n"
           "    fi\n"
           "    _arcscope_files\n"
           "}\n"
           "complete -F _arcscope arcscope\n";
}

} // namespace arcscope
