#include "notesjson.h"

#include "annotations.h"
#include "viewchoice.h"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr const char* notesSchema = "arcscope.notes/1";
constexpr const char* viewSchema = "arcscope.view/1";
constexpr std::size_t mostEach = 1'000'000;

Json timeJson(Nanos time)
{
    return time == noTime ? Json() : Json(time);
}

/// What is not told is left out.
void put(Json& json, const char* name, const std::string& value)
{
    if (!value.empty())
        json[name] = value;
}

void putTime(Json& json, const char* name, Nanos time)
{
    if (time != noTime)
        json[name] = time;
}

Json json(const Annotation& annotation)
{
    Json made{{"id", annotation.id}, {"kind", name(annotation.kind)}, {"place", annotation.place}};
    put(made, "part", annotation.part);
    made["body"] = annotation.body;
    put(made, "author", annotation.author);
    putTime(made, "created_ns", annotation.created);
    putTime(made, "changed_ns", annotation.changed);
    return made;
}

Json json(const KeptVerdict& verdict)
{
    Json made{{"finding", verdict.finding}, {"verdict", name(verdict.verdict)}};
    put(made, "reason", verdict.reason);
    put(made, "note", verdict.note);
    putTime(made, "changed_ns", verdict.changed);
    return made;
}

Json json(const ArcReview& review)
{
    Json made{{"arc", review.arc}};
    if (review.outcome)
        made["outcome"] = name(*review.outcome);
    put(made, "note", review.note);
    putTime(made, "changed_ns", review.changed);
    return made;
}

Json json(const StitchDecision& stitch)
{
    Json made{{"earlier", stitch.earlier}, {"later", stitch.later}, {"accepted", stitch.accepted}};
    putTime(made, "changed_ns", stitch.changed);
    return made;
}

Json json(const ReplayReview& review)
{
    Json made{{"task", review.task}, {"base", review.base}, {"candidate", review.candidate}};
    if (review.opinion)
        made["opinion"] = name(*review.opinion);
    put(made, "note", review.note);
    putTime(made, "changed_ns", review.changed);
    return made;
}

Json json(const ReplayMatch& match)
{
    Json made{{"base", match.base}, {"candidate", match.candidate}};
    if (match.isOfSteps()) {
        made["base_step"] = match.baseStep;
        made["candidate_step"] = match.candidateStep;
    }
    return made;
}

Json json(const ReplaySides& sides)
{
    Json made{{"field", sides.field}, {"base", sides.base}, {"candidates", sides.candidates}};
    put(made, "key", sides.key);
    return made;
}

template <typename T>
void putAll(Json& into, const char* name, const std::vector<T>& all)
{
    if (all.empty())
        return;
    Json& list = into[name] = Json::array();
    for (const T& each : all)
        list.push_back(json(each));
}

/// Reads members of one object; remembers the first that is not as it should be.
class Members
{
public:
    Members(const Json& object, std::string where)
        : m_object(object)
        , m_where(std::move(where))
    {
        if (!object.is_object())
            m_wrong = m_where + " is no object";
    }

    std::string text(const char* name)
    {
        const Json* found = find(name);
        if (found && !found->is_string())
            fail(name, "text");
        return found && found->is_string() ? found->get<std::string>() : std::string();
    }
    std::string needText(const char* name)
    {
        if (!find(name))
            fail(name, "text");
        return text(name);
    }
    std::optional<std::int64_t> number(const char* name)
    {
        const Json* found = find(name);
        if (!found)
            return std::nullopt;
        const bool large =
            found->is_number_unsigned() &&
            found->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        if (!found->is_number_integer() || large) {
            fail(name, "whole number");
            return std::nullopt;
        }
        return found->get<std::int64_t>();
    }
    Nanos time(const char* name) { return number(name).value_or(noTime); }
    bool flag(const char* name)
    {
        const Json* found = find(name);
        if (found && !found->is_boolean())
            fail(name, "true or false");
        return found && found->is_boolean() && found->get<bool>();
    }
    std::vector<std::string> texts(const char* name)
    {
        std::vector<std::string> all;
        for (const Json& each : list(name)) {
            if (each.is_string())
                all.push_back(each.get<std::string>());
            else
                fail(name, "list of texts");
        }
        return all;
    }
    const Json& list(const char* name)
    {
        static const Json none = Json::array();
        const Json* found = find(name);
        if (!found)
            return none;
        if (found->is_array() && found->size() <= mostEach)
            return *found;
        fail(name, "list");
        return none;
    }
    const Json* find(const char* name)
    {
        if (!m_object.is_object())
            return nullptr;
        const auto found = m_object.find(name);
        return found == m_object.end() || found->is_null() ? nullptr : &*found;
    }
    void fail(const char* name, const char* expected)
    {
        if (m_wrong.empty())
            m_wrong = m_where + ": " + name + " is no " + expected;
    }
    const std::string& wrong() const { return m_wrong; }

private:
    const Json& m_object;
    std::string m_where;
    std::string m_wrong;
};

template <typename Value>
std::optional<Value> named(std::string_view text, int count)
{
    for (int i = 0; i < count; ++i) {
        if (name(static_cast<Value>(i)) == text)
            return static_cast<Value>(i);
    }
    return std::nullopt;
}

/// Of a member that may be absent.
template <typename Value>
std::optional<Value> choice(Members& members, const char* member, int count)
{
    const std::string text = members.text(member);
    const auto found = named<Value>(text, count);
    if (!text.empty() && !found)
        members.fail(member, "word that is known");
    return found;
}

void read(Members& members, Annotation& annotation)
{
    annotation.id = members.number("id").value_or(0);
    if (annotation.id <= 0 && members.find("id"))
        members.fail("id", "number of a note");
    if (annotation.id <= 0)
        annotation.id = newAnnotationId(); // what others wrote by hand
    annotation.kind = choice<AnnotationKind>(members, "kind", annotationKindCount).value_or(AnnotationKind::Note);
    annotation.place = members.needText("place");
    annotation.part = members.text("part");
    if (!parsePlacePart(annotation.part))
        members.fail("part", "part of a place");
    annotation.body = members.text("body");
    annotation.author = members.text("author");
    annotation.created = members.time("created_ns");
    annotation.changed = members.time("changed_ns");
}

void read(Members& members, KeptVerdict& verdict)
{
    constexpr int verdictCount = static_cast<int>(FindingVerdict::Dismissed) + 1;
    verdict.finding = members.needText("finding");
    verdict.verdict = choice<FindingVerdict>(members, "verdict", verdictCount).value_or(FindingVerdict::Open);
    verdict.reason = members.text("reason");
    verdict.note = members.text("note");
    verdict.changed = members.time("changed_ns");
}

void read(Members& members, ArcReview& review)
{
    review.arc = members.needText("arc");
    review.outcome = choice<ArcOutcome>(members, "outcome", arcOutcomeCount);
    review.note = members.text("note");
    review.changed = members.time("changed_ns");
}

void read(Members& members, StitchDecision& stitch)
{
    stitch.earlier = members.needText("earlier");
    stitch.later = members.needText("later");
    stitch.accepted = members.flag("accepted");
    stitch.changed = members.time("changed_ns");
}

void read(Members& members, ReplayReview& review)
{
    review.task = members.needText("task");
    review.base = members.needText("base");
    review.candidate = members.needText("candidate");
    review.opinion = choice<ReplayOpinion>(members, "opinion", replayOpinionCount);
    review.note = members.text("note");
    review.changed = members.time("changed_ns");
}

void read(Members& members, ReplayMatch& match)
{
    match.base = members.needText("base");
    match.candidate = members.needText("candidate");
    const auto step = [&](const char* name) {
        const auto number = members.number(name);
        if (number && (*number < 0 || *number >= ReplayMatch::whole))
            members.fail(name, "number of a step");
        return number ? static_cast<std::uint32_t>(*number) : ReplayMatch::whole;
    };
    match.baseStep = step("base_step");
    match.candidateStep = step("candidate_step");
    if ((match.baseStep == ReplayMatch::whole) != (match.candidateStep == ReplayMatch::whole))
        members.fail("base_step", "step of both");
}

template <typename T>
Result<void> readAll(Members& top, const char* name, std::vector<T>& into)
{
    for (const Json& each : top.list(name)) {
        Members members(each, std::string(name) + " " + std::to_string(into.size() + 1));
        read(members, into.emplace_back());
        if (!members.wrong().empty())
            return Error{ErrorCode::Malformed, members.wrong()};
    }
    return {};
}

Result<Json> parsed(std::string_view text, const char* schema)
{
    Json json;
    try {
        json = Json::parse(text);
    } catch (const Json::parse_error& error) {
        return Error{ErrorCode::Malformed,
                     "byte " + std::to_string(error.byte) + ": this is no JSON; expected the schema " + schema};
    } catch (const Json::out_of_range&) {
        return Error{ErrorCode::Malformed, std::string("a number is too large; expected the schema ") + schema};
    }
    if (!json.is_object() || !json.contains("schema") || json["schema"] != schema)
        return Error{ErrorCode::Malformed, std::string("this is not of the schema ") + schema};
    return json;
}

Result<void> readStory(Members& top, Story& story)
{
    const std::vector<std::string> lines = top.texts("story");
    if (lines.empty())
        return {};
    std::string text;
    for (const std::string& line : lines)
        text += line + '\n';
    auto read = parseStory(text);
    if (!read)
        return within(read.error(), "story");
    story = std::move(*read);
    return {};
}

struct TextMember {
    const char* name;
    std::string ViewState::*value;
};
constexpr auto viewTexts = std::to_array<TextMember>({{"view", &ViewState::view},
                                                      {"trace", &ViewState::trace},
                                                      {"span", &ViewState::span},
                                                      {"part", &ViewState::part},
                                                      {"filter", &ViewState::filter},
                                                      {"chosen", &ViewState::chosen}});

struct RangeMember {
    const char* from;
    const char* to;
    TimeRange ViewState::*range;
};
constexpr auto viewRanges = std::to_array<RangeMember>(
    {{"from_ns", "to_ns", &ViewState::range}, {"visible_from_ns", "visible_to_ns", &ViewState::visible}});

} // namespace

std::string notesJson(const KeptNotes& notes)
{
    Json json{{"schema", notesSchema}, {"notes", Json::array()}};
    putAll(json, "notes", notes.annotations);
    putAll(json, "findings", notes.verdicts);
    putAll(json, "arcs", notes.arcs.reviews);
    putAll(json, "stitches", notes.arcs.stitches);
    putAll(json, "replays", notes.replays.reviews);
    putAll(json, "replay_matches", notes.replays.matches);
    if (notes.replays.sides != ReplaySides())
        json["replay_sides"] = arcscope::json(notes.replays.sides);
    if (!notes.story.empty()) {
        Json& lines = json["story"] = Json::array();
        const std::string text = storyText(notes.story);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = text.find('\n', at);
            lines.push_back(text.substr(at, end - at));
            at = end + 1;
        }
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Result<KeptNotes> parseNotes(std::string_view text)
{
    const auto json = parsed(text, notesSchema);
    if (!json)
        return json.error();
    Members top(*json, "notes");
    KeptNotes notes;
    auto done = readAll(top, "notes", notes.annotations);
    if (done)
        done = readAll(top, "findings", notes.verdicts);
    if (done)
        done = readAll(top, "arcs", notes.arcs.reviews);
    if (done)
        done = readAll(top, "stitches", notes.arcs.stitches);
    if (done)
        done = readAll(top, "replays", notes.replays.reviews);
    if (done)
        done = readAll(top, "replay_matches", notes.replays.matches);
    if (done)
        done = readStory(top, notes.story);
    if (!done)
        return done.error();
    if (const Json* sides = top.find("replay_sides")) {
        Members members(*sides, "replay_sides");
        notes.replays.sides = {members.text("field"), members.text("base"), members.texts("candidates"),
                               members.text("key")};
        if (!members.wrong().empty())
            return Error{ErrorCode::Malformed, members.wrong()};
    }
    if (!top.wrong().empty())
        return Error{ErrorCode::Malformed, top.wrong()};
    return notes;
}

std::string viewJson(const ViewState& state)
{
    Json json{{"schema", viewSchema}};
    for (const TextMember& member : viewTexts)
        put(json, member.name, state.*member.value);
    for (const RangeMember& member : viewRanges) {
        const TimeRange& range = state.*member.range;
        if (range.recorded()) {
            json[member.from] = timeJson(range.start);
            json[member.to] = timeJson(range.end);
        }
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Result<ViewState> parseView(std::string_view text)
{
    const auto json = parsed(text, viewSchema);
    if (!json)
        return json.error();
    Members members(*json, "view");
    ViewState state;
    for (const TextMember& member : viewTexts)
        state.*member.value = members.text(member.name);
    for (const RangeMember& member : viewRanges) {
        TimeRange& range = state.*member.range;
        range = {members.time(member.from), members.time(member.to)};
        if ((range.start == noTime) != (range.end == noTime) || range.end < range.start)
            members.fail(member.from, "beginning of a range");
    }
    if (!parsePlacePart(state.part))
        members.fail("part", "part of a place");
    if (!parseViewChoice(state.chosen))
        members.fail("chosen", "choice of a view");
    if (!members.wrong().empty())
        return Error{ErrorCode::Malformed, members.wrong()};
    return state;
}

} // namespace arcscope
