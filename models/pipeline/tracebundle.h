// A bundle (`.arcbundle`): chosen spans with notes and the state of a view in one file, which opens as an input.
#pragma once

#include "exportprovenance.h"
#include "keptnotes.h"
#include "result.h"

#include <optional>
#include <string>

namespace arcscope
{

/// A zip archive, because any tool can look into one and what reads archives reads it with its bounds:
///   traces.otlp.jsonl        export requests of OTLP JSON, one a line: what importers see
///   .arcscope/manifest.json  schema arcscope.bundle/1: provenance, and SHA-256 of every other member
///   .arcscope/notes.json     schema arcscope.notes/1: what people wrote and decided, and the story; where there is
///   some .arcscope/view.json      schema arcscope.view/1: the state that it reopens in; only where there is one
///   .arcscope/redaction.json what was removed; only where something may have been
struct TraceBundle {
    std::string traces;
    KeptNotes notes;
    std::string view;
    std::string redaction;
    std::string manifest; ///< of one that was read
};

/// The bytes of the file: the same for the same content. Error: Unreadable.
Result<std::string> bundleBytes(const TraceBundle& bundle, const ExportProvenance& provenance);

/// Reads a bundle and holds its members against their digests. Nothing for a file that is none. Error: Unreadable,
/// Malformed where a member was changed.
Result<std::optional<TraceBundle>> readBundle(const std::string& path);

/// Where what is in a bundle came from; nothing for a file that is none, or whose manifest is damaged.
std::optional<ExportProvenance> provenanceOfBundle(const std::string& path);

} // namespace arcscope
