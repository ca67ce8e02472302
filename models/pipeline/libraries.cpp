#include "libraries.h"

#include "contentdigest.h"
#include "readerlibraries.h"
#include "sqlite.h"

#include <nlohmann/json.hpp>

namespace arcscope
{

std::vector<LibraryVersion> libraries()
{
    std::vector<LibraryVersion> all{{"SQLite", Database::libraryVersion()}};
    for (LibraryVersion& library : readerLibraries())
        all.push_back(std::move(library));
    all.push_back(digestLibrary());
    all.push_back({"nlohmann_json", nlohmann::json::meta()["version"]["string"].get<std::string>()});
    return all;
}

} // namespace arcscope
