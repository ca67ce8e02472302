#include "openingdigest.h"

#include "corpusdigest.h"
#include "session.h"
#include "sha256.h"
#include "source.h"

#include <algorithm>
#include <fstream>
#include <set>

namespace arcscope
{

Result<std::string> sha256OfFile(const std::string& path, std::uint64_t& bytes, const Control& control)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error{ErrorCode::NotFound, path + ": cannot be read"};
    Sha256 digest;
    std::string buffer(std::size_t{1} << 20, '\0');
    while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), file.gcount() > 0) {
        if (control.stop.stop_requested())
            return Error{ErrorCode::Cancelled, "cancelled"};
        digest.add(std::string_view(buffer).substr(0, static_cast<std::size_t>(file.gcount())));
        bytes += static_cast<std::uint64_t>(file.gcount());
    }
    return digest.hex();
}

Result<std::string> openingDigest(const std::vector<std::string>& paths, const Control& control)
{
    if (paths.size() == 1 && isWorkspace(paths.front())) {
        auto workspace = Workspace::open(paths.front());
        return workspace ? corpusDigest(*workspace, control) : Result<std::string>(workspace.error());
    }
    if (std::find(paths.begin(), paths.end(), "-") != paths.end())
        return Error{ErrorCode::Unsupported, "standard input cannot be linked to: save it to a file first"};
    std::vector<ImportIssue> issues;
    const auto inputs = expandInputs(paths, issues);
    if (!inputs)
        return inputs.error();
    std::set<std::string> files; // an archive has several inputs
    for (const InputFile& input : *inputs)
        files.insert(input.path);
    std::vector<std::string> digests;
    for (const std::string& file : files) {
        std::uint64_t bytes = 0;
        auto digest = sha256OfFile(file, bytes, control);
        if (!digest)
            return digest;
        digests.push_back(std::move(*digest));
    }
    if (digests.empty())
        return Error{ErrorCode::NotFound, "there is no file to link to"};
    if (digests.size() == 1)
        return digests.front();
    std::sort(digests.begin(), digests.end());
    Sha256 all;
    for (const std::string& digest : digests)
        all.add(digest + "\n");
    return all.hex();
}

} // namespace arcscope
