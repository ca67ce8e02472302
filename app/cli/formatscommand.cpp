#include "command.h"
#include "mappingshelf.h"
#include "readable.h"

#include <iomanip>
#include <ostream>

namespace arcscope
{
namespace
{

void print(const std::vector<Readable>& all, std::ostream& out)
{
    constexpr int nameWidth = 26;
    for (const Readable& each : all)
        out << "  " << std::left << std::setw(nameWidth) << each.name << ' ' << printable(each.title) << '\n';
}

int runFormats(const Options& options, const Control&, const CommandEnvironment& environment)
{
    if (!options.operands.empty())
        return wrongUsage("formats", "takes no files; `arcscope info` says what one is", environment);
    environment.out << "formats, recognised by content; also in .gz, .zst and archives:\n";
    print(readableFormats(), environment.out);
    environment.out << "mappings, asked where no format knows a JSON, JSON Lines or CSV file:\n";
    print(readableMappings(userMappingFolder()), environment.out);
    return ExitDone;
}

} // namespace

Command formatsCommand()
{
    return {"formats", "", "what can be read", {}, runFormats};
}

} // namespace arcscope
