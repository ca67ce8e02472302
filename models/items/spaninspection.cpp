#include "spaninspection.h"

#include "newmessages.h"
#include "session.h"
#include "spancontent.h"

namespace arcscope
{

std::shared_ptr<SpanInspection> inspect(const OpenCorpus& open, Row row)
{
    auto inspection = std::make_shared<SpanInspection>();
    inspection->row = row;
    auto workspace = Workspace::open(open.session->workspace.path());
    if (!workspace) {
        inspection->problem = workspace.error().message;
        return inspection;
    }
    auto details = loadDetails(*workspace, *open.corpus, row);
    if (!details) {
        inspection->problem = details.error().message;
        return inspection;
    }
    inspection->record = std::move(details->record);
    inspection->content = std::move(details->content);
    inspection->previousCall = previousModelCall(*open.corpus, row);
    if (inspection->previousCall == noRow)
        return inspection;
    const auto previous = loadDetails(*workspace, *open.corpus, inspection->previousCall);
    if (previous)
        inspection->newFrom =
            firstNewMessage(inspection->content.input, previous->content.input, previous->content.output);
    return inspection;
}

} // namespace arcscope
