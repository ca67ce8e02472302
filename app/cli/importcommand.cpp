#include "command.h"

#include <filesystem>
#include <ostream>

namespace arcscope
{
namespace
{

constexpr OptionSpec importOptions[] = {
    {"--into", "WORK.arcscope", "the workspace to import into; made where it does not exist"}, mappingOption};

int runImport(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    const std::string target = options.get("--into");
    if (options.operands.empty())
        return wrongUsage("import", "which files?", environment);
    if (target.empty())
        return wrongUsage("import", "--into WORK.arcscope says where", environment);
    std::error_code ignored;
    const bool isNew = !std::filesystem::exists(target, ignored);
    if (isNew) {
        if (const auto created = Workspace::create(target); !created)
            return failed(created.error(), environment);
    }
    const auto removeEmpty = [&] {
        if (isNew)
            std::filesystem::remove(target, ignored);
    };
    auto report = importInto(target, options.operands, control, {}, importOptionsOf(options));
    if (!report) {
        removeEmpty();
        return failed(report.error(), environment);
    }
    auto workspace = Workspace::open(target);
    if (!workspace)
        return failed(workspace.error(), environment);
    Session session{std::move(*workspace), {}, std::move(*report)};
    const auto status = statusOf(session, environment);
    if (!status)
        return failed(status.error(), environment);
    if (*status == ExitNothingRead) {
        removeEmpty();
        return *status;
    }
    for (const ImportedFile& file : session.import->files)
        environment.out << file.name << ": " << (file.format.empty() ? "not read" : file.format) << ", "
                        << counted(file.spans, "span") << (file.known ? ", known content" : "") << '\n';
    environment.out << counted(session.import->spans, "span") << " from "
                    << counted(session.import->files.size(), "file") << " into " << target << '\n';
    return *status;
}

} // namespace

Command importCommand()
{
    return {"import", "PATH... --into WORK.arcscope [--mapping FILE]", "import traces into a workspace", importOptions,
            runImport};
}

} // namespace arcscope
