#include "commandline.h"

#include "command.h"
#include "progressline.h"
#include "windowrequest.h"

#include <algorithm>
#include <ostream>

#ifndef ARCSCOPE_VERSION
#error "the build defines ARCSCOPE_VERSION"
#endif

namespace arcscope
{
namespace
{

/// Ledger rows told on the error output.
constexpr std::size_t mostListed = 20;

const Command* commandNamed(std::string_view name)
{
    const auto all = commands();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Command& command) { return command.name == name; });
    return found == all.end() ? nullptr : &*found;
}

void printOptions(std::span<const OptionSpec> options, std::ostream& out)
{
    constexpr std::size_t column = 26;
    for (const OptionSpec& option : options) {
        std::string left = "    " + std::string(option.name);
        if (!option.value.empty())
            left += " " + std::string(option.value);
        left.resize(std::max<std::size_t>(left.size() + 2, column), ' ');
        out << left << option.help << '\n';
    }
}

void printHelp(std::ostream& out)
{
    out << "arcscope [PATH...]\n"
           "    open a window on files, folders or a workspace; in one that is open already, where there is one\n";
    printOptions(windowOptions(), out);
    out << '\n';
    for (const Command& command : commands()) {
        out << "arcscope " << command.name << (command.operands.empty() ? "" : " ") << command.operands << "\n    "
            << command.summary << '\n';
    }
    out << "\narcscope COMMAND --help    the options of a command\n"
           "arcscope --version\n\n"
           "PATH is a file of any known format (plain, .gz, .zst, .zip), a folder, a workspace, or - for standard "
           "input.\n"
           "Exit status: 0 done, 2 wrong usage, 3 no span was read, 4 read with records refused (they are "
           "listed), 5 not written: what was to be taken out would have left.\n";
}

void printHelp(const Command& command, std::ostream& out)
{
    out << "arcscope " << command.name << (command.operands.empty() ? "" : " ") << command.operands << "\n    "
        << command.summary << "\n\n";
    printOptions(command.options, out);
}

/// One row of the ledger in one line.
void tell(const ImportIssue& issue, std::string_view end, std::ostream& err)
{
    err << "arcscope: " << issue.file;
    if (issue.line >= 0)
        err << ": line " << issue.line;
    else if (issue.byte >= 0)
        err << ": byte " << issue.byte;
    err << ": " << issue.message;
    if (issue.count > 1)
        err << " (" << issue.count << " times)";
    err << end << '\n';
}

} // namespace

bool isCommand(std::span<const std::string> arguments)
{
    return !arguments.empty() && (arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "--version" ||
                                  commandNamed(arguments[0]));
}

int runCommand(std::span<const std::string> arguments, const CommandEnvironment& environment)
{
    if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h") {
        printHelp(environment.out);
        return ExitDone;
    }
    if (arguments[0] == "--version") {
        environment.out << "arcscope " ARCSCOPE_VERSION "\n";
        return ExitDone;
    }
    const Command* command = commandNamed(arguments[0]);
    if (!command) {
        environment.err << "arcscope: there is no command “" << arguments[0] << "”; see arcscope --help\n";
        return ExitUsage;
    }
    const auto rest = arguments.subspan(1);
    if (std::find(rest.begin(), rest.end(), "--help") != rest.end()) {
        printHelp(*command, environment.out);
        return ExitDone;
    }
    const auto options = readOptions(rest, command->options);
    if (!options)
        return wrongUsage(command->name, options.error().message, environment);
    ProgressLine progress(environment.err, environment.errIsTerminal);
    return command->run(*options, progress.control(), environment);
}

std::string counted(std::uint64_t count, std::string_view noun)
{
    return std::to_string(count) + ' ' + std::string(noun) + (count == 1 ? "" : "s");
}

std::string printable(std::string_view text)
{
    std::string plain(text);
    for (char& c : plain) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = ' ';
    }
    return plain;
}

int failed(const Error& error, const CommandEnvironment& environment)
{
    environment.err << "arcscope: " << error.message << '\n';
    return error.code == ErrorCode::Usage ? ExitUsage : ExitNothingRead;
}

int wrongUsage(std::string_view command, std::string_view message, const CommandEnvironment& environment)
{
    environment.err << "arcscope " << command << ": " << message << "; see arcscope " << command << " --help\n";
    return ExitUsage;
}

ImportOptions importOptionsOf(const Options& options)
{
    ImportOptions import = ImportOptions::standard();
    import.mappingFile = options.get("--mapping");
    return import;
}

Result<void> alignClocksFor(Session& session, const Control& control, const CommandEnvironment& environment)
{
    const auto shifted = alignByEstimates(session, control);
    if (!shifted)
        return shifted.error();
    for (const std::string& sentence : *shifted)
        environment.err << "arcscope: shifted: " << printable(sentence) << '\n';
    if (shifted->empty())
        environment.err << "arcscope: no clock is off as far as calls between services show\n";
    return {};
}

Result<int> statusOf(Session& session, const CommandEnvironment& environment)
{
    const bool anything = session.import && (session.import->spans > 0 || session.import->known > 0);
    if (!session.import || (session.import->refused == 0 && anything))
        return ExitDone;
    auto issues = session.workspace.issues(0, 1'000); // folded by kind and message
    if (!issues)
        return issues.error();
    const Severity told = session.import->refused > 0 ? Severity::Error : Severity::Warning;
    std::erase_if(*issues, [told](const ImportIssue& issue) { return issue.severity < told; });
    const bool onlyOne = issues->size() == 1;
    for (std::size_t i = 0; i < std::min(issues->size(), mostListed); ++i)
        tell((*issues)[i], !anything && onlyOne ? "; no spans were found" : "", environment.err);
    if (issues->size() > mostListed)
        environment.err << "arcscope: and more, which \"info\" lists\n";
    if (!anything && !onlyOne)
        environment.err << "arcscope: no spans were found\n";
    return !anything ? ExitNothingRead : ExitRecordsRefused;
}

} // namespace arcscope
