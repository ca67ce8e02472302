#include "tracebundle.h"

#include "notesjson.h"
#include "sha256.h"
#include "zipmembers.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr const char* tracesMember = "traces.otlp.jsonl";
constexpr const char* manifestMember = ".arcscope/manifest.json";
constexpr const char* notesMember = ".arcscope/notes.json";
constexpr const char* viewMember = ".arcscope/view.json";
constexpr const char* redactionMember = ".arcscope/redaction.json";

/// A text of an object; empty where it is none.
std::string textOf(const Json& json, const char* name)
{
    if (!json.is_object())
        return {};
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool isZip(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string head(2, '\0');
    return file.read(head.data(), 2) && head == "PK";
}

} // namespace

Result<std::string> bundleBytes(const TraceBundle& bundle, const ExportProvenance& provenance)
{
    std::vector<ArchiveMember> members{{manifestMember, {}}, {tracesMember, bundle.traces}};
    if (!bundle.notes.empty())
        members.push_back({notesMember, notesJson(bundle.notes)});
    if (!bundle.view.empty())
        members.push_back({viewMember, bundle.view});
    if (!bundle.redaction.empty())
        members.push_back({redactionMember, bundle.redaction});
    Json manifest{{"schema", "arcscope.bundle/1"},
                  {"provenance", Json::parse(provenanceJson(provenance))},
                  {"members", Json::object()}};
    for (std::size_t i = 1; i < members.size(); ++i)
        manifest["members"][members[i].name] = {{"bytes", members[i].bytes.size()},
                                                {"sha256", sha256Of(members[i].bytes)}};
    members.front().bytes = manifest.dump(2);
    return zippedMembers(members);
}

Result<std::optional<TraceBundle>> readBundle(const std::string& path)
{
    if (!isZip(path))
        return std::optional<TraceBundle>();
    const auto manifest = archiveMember(path, manifestMember);
    if (!manifest)
        return manifest.error();
    if (!*manifest)
        return std::optional<TraceBundle>();
    const Json json = Json::parse(**manifest, nullptr, false);
    if (textOf(json, "schema") != "arcscope.bundle/1" || !json.contains("members") || !json["members"].is_object())
        return Error{ErrorCode::Malformed, path + ": the manifest of the bundle is damaged"};
    TraceBundle bundle;
    bundle.manifest = **manifest;
    for (const auto& [name, facts] : json["members"].items()) {
        auto member = archiveMember(path, name);
        if (!member)
            return member.error();
        if (!*member || sha256Of(**member) != textOf(facts, "sha256"))
            return Error{ErrorCode::Malformed, path + ": " + name + " is not what the manifest says"};
        if (name == tracesMember) {
            bundle.traces = std::move(**member);
        } else if (name == viewMember) {
            bundle.view = std::move(**member);
        } else if (name == redactionMember) {
            bundle.redaction = std::move(**member);
        } else if (name == notesMember) {
            auto notes = parseNotes(**member);
            if (!notes)
                return within(notes.error(), path + ": the notes of the bundle");
            bundle.notes = std::move(*notes);
        }
    }
    return std::optional(std::move(bundle));
}

std::optional<ExportProvenance> provenanceOfBundle(const std::string& path)
{
    if (!isZip(path))
        return std::nullopt;
    const auto manifest = archiveMember(path, manifestMember);
    if (!manifest || !*manifest)
        return std::nullopt;
    const Json json = Json::parse(**manifest, nullptr, false);
    if (!json.is_object() || !json.contains("provenance") || !json["provenance"].is_object())
        return std::nullopt;
    const Json& told = json["provenance"];
    ExportProvenance made;
    for (const Json& file : told.contains("files") ? told["files"] : Json::array()) {
        if (const std::string name = textOf(file, "name"); !name.empty())
            made.files.push_back({name, textOf(file, "sha256"), 0});
    }
    made.redacted = told.contains("redacted") && told["redacted"] == true;
    return made;
}

} // namespace arcscope
