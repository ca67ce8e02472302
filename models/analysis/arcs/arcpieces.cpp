#include "arcactions.h"
#include "arclabels.h"
#include "arcrequest.h"
#include "rescues.h"
#include "stopbucket.h"
#include "turnsignals.h"
#include "userthread.h"

#include <algorithm>
#include <array>
#include <optional>

namespace arcscope
{
namespace
{

constexpr std::size_t mostArtefacts = 24;
constexpr std::size_t mostShingles = 400;
constexpr std::size_t mostSaid = 200;
constexpr std::size_t mostEvents = 4'000;

/// What a user's turn is, as the signals of it say; of several the first of these.
struct SignalStep {
    TurnSignalKind kind;
    ArcStep step;
};
constexpr auto signalSteps = std::to_array<SignalStep>({
    {TurnSignalKind::Escalation, ArcStep::Escalate},
    {TurnSignalKind::Regenerate, ArcStep::Regenerate},
    {TurnSignalKind::ReAsk, ArcStep::ReAsk},
    {TurnSignalKind::Correction, ArcStep::Edit},
    {TurnSignalKind::Confirmed, ArcStep::Accept},
    {TurnSignalKind::Closing, ArcStep::Ignore},
});

class PieceReader
{
public:
    explicit PieceReader(TraceReading& trace)
        : m_trace(trace)
        , m_spans(trace.corpus().spans)
    {
    }

    std::vector<ArcPiece> read()
    {
        if (m_trace.rows().empty())
            return {};
        std::vector<ArcLabel> ofTasks;
        findLabels(m_trace, m_piece.labels, ofTasks);
        m_piece.row = rootRow();
        m_conversation = conversationOf(m_trace);
        m_thread = userThreadOf(m_trace, m_conversation);
        addTurns();
        addRoot();
        const bool isWork = !m_piece.goal.empty() || !m_piece.labels.empty() || isNamedWork();
        std::vector<ArcPiece> pieces;
        if (isWork) {
            addActions();
            addEnd();
            addGoal();
            m_piece.rescues = static_cast<std::uint32_t>(rescuesOf(m_trace).size());
            pieces.push_back(std::move(m_piece));
        }
        for (ArcLabel& label : ofTasks) {
            ArcPiece& piece = pieces.emplace_back();
            piece.row = label.place.row;
            piece.labelsOnly = true;
            piece.labels.push_back(std::move(label));
        }
        return pieces;
    }

private:
    /// Somebody's calls of models, although nothing that was said is recorded.
    bool isNamedWork() const
    {
        bool calls = false;
        bool named = false;
        for (const Row row : m_trace.rows()) {
            const SpanKind kind = m_spans.kind(row);
            calls = calls || kind == SpanKind::ModelCall || kind == SpanKind::Agent;
            named = named || kind == SpanKind::Agent || m_spans.text(SpanText::Session, row) ||
                    m_spans.text(SpanText::Task, row) || m_spans.text(SpanText::User, row);
        }
        return calls && named;
    }

    /// The first root that is no evaluation of another.
    Row rootRow() const
    {
        const auto rows = m_trace.rows();
        const auto root = std::find_if(rows.begin(), rows.end(), [&](Row row) {
            return m_spans.at(SpanColumn::Depth, row) == 0 && m_spans.kind(row) != SpanKind::Evaluator;
        });
        return root == rows.end() ? rows.front() : *root;
    }

    const Turn& turn(std::size_t at) const { return m_conversation.at(m_thread.turns, at); }

    ArcPlace placeOf(const Turn& turn, TextRange range) const
    {
        return {turn.row, turn.time, turn.place, static_cast<std::int64_t>(range.from),
                static_cast<std::int64_t>(range.to)};
    }

    ArcPieceEvent& addEvent(ArcStep step, ArcSource source, std::string_view rule)
    {
        ArcPieceEvent& event = m_piece.events.emplace_back();
        event.step = step;
        event.source = source;
        event.rule = rule;
        return event;
    }

    const TurnSignal* signalOf(std::size_t at, TurnSignalKind kind) const
    {
        auto signal = std::lower_bound(m_signals.begin(), m_signals.end(), at,
                                       [](const TurnSignal& one, std::size_t turn) { return one.turn < turn; });
        while (signal != m_signals.end() && signal->turn == at && signal->kind != kind)
            ++signal;
        return signal == m_signals.end() || signal->turn != at ? nullptr : &*signal;
    }

    /// What became of the last call that changes a record; another request of the user makes it an earlier one.
    void follow(const Turn& said, bool users)
    {
        if (users) {
            const ArcStep step = m_piece.events.empty() ? ArcStep::Request : m_piece.events.back().step;
            m_written = step == ArcStep::Accept || step == ArcStep::Ignore ? m_written : Written::None;
        } else if (said.kind == PartKind::ToolCall) {
            m_written = changesRecord(said.tool) ? Written::Asked : m_written;
        } else if (said.kind == PartKind::ToolResult && m_written == Written::Asked) {
            m_written = said.failed || said.text.starts_with("Error") ? Written::None : Written::Done;
        } else if (said.isAssistants() && m_written == Written::Done) {
            m_written = Written::Told;
        }
    }

    void addTurns()
    {
        m_historyEnd = historyEnd();
        m_signals = turnSignals(m_conversation, m_thread.turns, m_trace.settings());
        std::size_t user = 0;
        std::optional<std::size_t> answer;
        const auto closeAnswer = [&] {
            if (answer && m_piece.events.size() < mostEvents) {
                const Turn& said = turn(*answer);
                ArcPieceEvent& event = addEvent(ArcStep::Response, ArcSource::UserAction, {});
                event.words = said.words;
                event.place = placeOf(said, {0, said.text.size()});
                tellHistory(event, *answer);
            }
            answer.reset();
        };
        for (std::size_t at = 0; at < m_thread.turns.size(); ++at) {
            const Turn& said = turn(at);
            const bool users = user < m_thread.users.size() && m_thread.users[user].at == at;
            if (users) {
                closeAnswer();
                addUser(m_thread.users[user++], said);
            } else if (said.isAssistants()) {
                answer = at;
            } else if (const TurnSignal* const handed = signalOf(at, TurnSignalKind::Escalation);
                       handed && (m_piece.events.empty() || m_piece.events.back().step != ArcStep::Escalate)) {
                ArcPieceEvent& event = addEvent(ArcStep::Escalate, ArcSource::Rule, handed->rule);
                event.words = said.words;
                event.place = placeOf(said, {0, said.text.size()});
                tellHistory(event, at);
            }
            follow(said, users);
            const bool counts = users || said.isAssistants();
            if (counts && m_piece.said.size() < mostSaid) {
                m_piece.said.push_back(said.words);
                m_piece.history += at < m_historyEnd ? 1 : 0;
            }
            if (said.kind == PartKind::ToolCall)
                addRecordIdsOfArguments(said.text, m_piece.artefacts, mostArtefacts);
        }
        closeAnswer();
    }

    /// Behind the last turn that the first call of a model was given and that came from another call before it.
    std::size_t historyEnd() const
    {
        if (m_thread.turns.empty())
            return 0;
        const Row first = turn(0).row;
        std::size_t last = 0;
        bool answered = false;
        for (std::size_t at = 0; at < m_thread.turns.size(); ++at) {
            const Turn& said = turn(at);
            if (said.row != first || said.place.of != TextPlace::Of::Input)
                break;
            if (said.isAssistants())
                answered = true;
            last = at + 1;
        }
        if (!answered)
            return 0;
        while (last > 0 && turn(last - 1).role == Role::User)
            --last;
        return last;
    }

    /// When it was said is not recorded where a later call only repeats it.
    void tellHistory(ArcPieceEvent& event, std::size_t at) const
    {
        event.history = at < m_historyEnd;
        if (event.history)
            event.place.time = noTime;
    }

    void addUser(const UserTurn& user, const Turn& said)
    {
        const std::string_view text = user.written.of(said.text);
        if (m_piece.goal.empty())
            m_piece.goal = quoted(text, maxArcGoal);
        addRecordIds(text, m_piece.artefacts, mostArtefacts);
        addWordShingles(text, m_piece.shingles, mostShingles);
        if (m_piece.events.size() >= mostEvents)
            return;
        const TurnSignal* signal = nullptr;
        ArcStep step = ArcStep::Request;
        for (const SignalStep& each : signalSteps) {
            signal = signal ? signal : signalOf(user.at, each.kind);
            step = signal && signal->kind == each.kind ? each.step : step;
        }
        m_piece.frustration += signalOf(user.at, TurnSignalKind::Frustration) ? 1u : 0u;
        ArcPieceEvent& event = signal ? addEvent(step, ArcSource::Rule, signal->rule)
                                      : addEvent(ArcStep::Request, ArcSource::UserAction, {});
        event.words = said.words;
        event.turn = true;
        event.place = placeOf(said, user.written);
        tellHistory(event, user.at);
    }

    /// What the root was asked and answered, where the calls below it do not tell it in the user's words.
    void addRoot()
    {
        const Row root = m_piece.row;
        if (m_thread.users.size() > 1 || m_spans.kind(root) == SpanKind::ModelCall ||
            m_spans.kind(root) == SpanKind::ToolCall)
            return;
        const auto content = m_trace.content(root);
        if (!content)
            return;
        const auto asked = lastText(content->input, Role::User);
        if (!asked)
            return;
        if (!m_thread.users.empty()) {
            const UserTurn& user = m_thread.users[0];
            if (asked->text.find(user.written.of(turn(user.at).text)) != asked->text.npos)
                return; // said already, or with all that a prompt is made of
        }
        const auto written = writtenIn(asked->text);
        if (!written)
            return;
        std::vector<ArcPieceEvent> kept;
        std::swap(kept, m_piece.events);
        m_piece.goal = quoted(written->of(asked->text), maxArcGoal);
        ArcPieceEvent& request = addEvent(ArcStep::Request, ArcSource::UserAction, {});
        request.place = {root, m_spans.start(root), asked->place, static_cast<std::int64_t>(written->from),
                         static_cast<std::int64_t>(written->to)};
        request.words = turnWords(asked->text, Role::User, PartKind::Text);
        request.turn = true;
        const auto answered = lastText(content->output, Role::Assistant);
        for (ArcPieceEvent& event : kept) {
            if (event.step != ArcStep::Request && (event.step != ArcStep::Response || !answered))
                m_piece.events.push_back(std::move(event));
        }
        if (!answered)
            return;
        ArcPieceEvent& response = addEvent(ArcStep::Response, ArcSource::UserAction, {});
        response.place = {root, m_spans.range(root).end, answered->place, 0,
                          static_cast<std::int64_t>(answered->text.size())};
        response.words = turnWords(answered->text, Role::Assistant, PartKind::Text);
    }

    struct Told {
        std::string_view text;
        TextPlace place;
    };
    static std::optional<Told> lastText(const std::vector<Message>& messages, Role role)
    {
        for (std::size_t m = messages.size(); m-- > 0;) {
            if (messages[m].role != role)
                continue;
            for (std::size_t p = messages[m].parts.size(); p-- > 0;) {
                const Part& part = messages[m].parts[p];
                if (part.kind == PartKind::Text && part.text.find_first_not_of(" \t\r\n") != std::string::npos)
                    return Told{part.text,
                                {role == Role::User ? TextPlace::Of::Input : TextPlace::Of::Output,
                                 static_cast<std::uint32_t>(m), static_cast<std::uint32_t>(p)}};
            }
        }
        return std::nullopt;
    }

    /// Events that record what a user did with an answer, and versions of what was used.
    void addActions()
    {
        VersionReader versions(m_trace.corpus());
        for (const Row row : m_trace.rows()) {
            const auto content = m_trace.content(row);
            if (!content)
                continue;
            versions.read(row, *content);
            for (const SpanEvent& event : content->events) {
                if (!event.name.ends_with("user_action") && !event.name.ends_with("user.action"))
                    continue;
                for (const Attribute& attribute : event.attributes) {
                    const bool names = attribute.key == "action" || attribute.key.ends_with(".action");
                    const auto step = names ? stepOfAction(attribute.value) : std::nullopt;
                    if (!step)
                        continue;
                    ArcPieceEvent& added = addEvent(*step, ArcSource::UserAction, {});
                    added.place = {row, event.time, {}, -1, -1};
                    sortIn();
                }
            }
        }
        m_piece.versions = versions.take();
    }

    /// Puts the last event where its time says; behind those of the same time.
    void sortIn()
    {
        const Nanos time = m_piece.events.back().place.time;
        if (time == noTime)
            return;
        std::size_t at = m_piece.events.size() - 1;
        for (; at > 0; --at) {
            const Nanos before = m_piece.events[at - 1].place.time;
            if (before == noTime || before <= time)
                break;
        }
        std::rotate(m_piece.events.begin() + static_cast<std::ptrdiff_t>(at), m_piece.events.end() - 1,
                    m_piece.events.end());
    }

    /// Some sources name a run by what is asked.
    void addGoal()
    {
        const std::string_view name = m_trace.corpus().text(SpanText::Name, m_piece.row);
        if (m_piece.goal.empty() && m_spans.kind(m_piece.row) == SpanKind::Agent &&
            std::count(name.begin(), name.end(), ' ') >= 4)
            m_piece.goal = quoted(name, maxArcGoal);
    }

    void addEnd()
    {
        ArcEnd& end = m_piece.end;
        const auto response = std::find_if(m_piece.events.rbegin(), m_piece.events.rend(),
                                           [](const ArcPieceEvent& event) { return event.step == ArcStep::Response; });
        const SpanStop* last = nullptr;
        for (const SpanStop& stop : m_trace.stops()) {
            const bool root = m_spans.at(SpanColumn::Depth, stop.row) == 0;
            const bool outside = stop.bucket == StopBucket::ExternalStop || stop.bucket == StopBucket::BudgetCut;
            if (root && outside)
                setFailed(m_trace.corpus().text(SpanText::StopReason, stop.row), stop.row);
            if (m_spans.kind(stop.row) == SpanKind::ModelCall &&
                (response == m_piece.events.rend() || stop.row == response->place.row || !last))
                last = &stop;
        }
        if (!end.failed && m_spans.status(m_piece.row) == SpanStatus::Error &&
            m_spans.kind(m_piece.row) != SpanKind::Evaluator)
            setFailed(m_trace.corpus().text(SpanText::ErrorType, m_piece.row), m_piece.row);
        // A question that nobody answers, where the assistant has the last word.
        const std::size_t lastTurn = m_thread.turns.empty() ? 0 : m_thread.turns.size() - 1;
        end.openQuestion = response != m_piece.events.rend() && response == m_piece.events.rbegin() &&
                           m_thread.users.size() > 1 && isLeftOpen(lastTurn);
        end.written = m_written == Written::Told;
        if (last && last->bucket == StopBucket::Declined) {
            end.declined = true;
            end.place = {last->row, m_spans.range(last->row).end, last->place, last->from, last->to};
        }
    }

    bool isLeftOpen(std::size_t at) const
    {
        if (signalOf(at, TurnSignalKind::Nudge))
            return true;
        const TurnSignal* const question = signalOf(at, TurnSignalKind::OpenQuestion);
        return question && !question->words.empty() && asksForInformation(question->words[0].of(turn(at).text));
    }

    void setFailed(std::string_view word, Row row)
    {
        m_piece.end.failed = true;
        m_piece.end.word = word;
        m_piece.end.place = {row, m_spans.range(row).end, {}, -1, -1};
    }

    TraceReading& m_trace;
    const SpanTable& m_spans;
    Conversation m_conversation;
    UserThread m_thread;
    std::vector<TurnSignal> m_signals;
    /// The last call that changes a record, since the user asked.
    enum class Written : std::uint8_t { None, Asked, Done, Told } m_written = Written::None;
    std::size_t m_historyEnd = 0;
    ArcPiece m_piece;
};

} // namespace

std::vector<ArcPiece> arcPiecesOf(TraceReading& trace)
{
    return PieceReader(trace).read();
}

} // namespace arcscope
