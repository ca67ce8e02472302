#include "lensrunner.h"

#include "findingcache.h"
#include "lensrun.h"
#include "pricebook.h"
#include "session.h"
#include "storedsettings.h"

#include <mutex>
#include <optional>

namespace arcscope
{
namespace
{

constexpr int pollMs = 100;

} // namespace

/// What detectors found in the traces of one opening.
struct LensRunner::Shelf {
    FindingCache cache;
    std::once_flag read;
};

LensRunner::LensRunner(AppState& state, QObject* parent)
    : QObject(parent)
    , m_state(state)
{
    m_timer.setInterval(pollMs);
    connect(&m_timer, &QTimer::timeout, this, &LensRunner::progressed);
}

LensRunner::~LensRunner() = default;

std::uint64_t LensRunner::spansDone() const
{
    return m_progress ? m_progress->spans.load() : 0;
}

void LensRunner::cancel()
{
    m_task.cancel();
    m_timer.stop();
}

LensAnswerPtr answerOf(const OpenCorpus& open, const CorpusPtr& corpus, const Lens& lens, const LensValues& values,
                       const RowsPtr& rows, const PriceTable* prices, const std::string& file, const ArcsPtr& arcs,
                       FindingCache* cache, const Control& control)
{
    auto answer = std::make_shared<LensAnswer>();
    answer->lens = &lens;
    answer->values = values;
    answer->corpus = corpus;
    auto workspace = Workspace::open(open.session->workspace.path());
    if (!workspace) {
        answer->problem = workspace.error().message;
        return answer;
    }
    std::optional<LensFile> beside;
    if (!file.empty()) {
        auto read = readLensFile(file);
        if (!read) {
            answer->problem = read.error().message;
            return answer;
        }
        beside = std::move(*read);
    }
    const auto settings = storedSettings(settingsFile());
    Corpus loaded = *corpus; // shares its columns
    LensRun run{.lens = lens, .values = values};
    run.shown = rows.get();
    run.prices = prices;
    run.file = beside ? &*beside : nullptr;
    run.arcs = arcs ? &arcs->arcs : nullptr;
    run.marks = arcs ? &arcs->marks : nullptr;
    run.versions = false; // as soon as there are arcs, they come with them
    run.cache = cache;
    if (settings)
        run.settings = *settings;
    auto result = runLens(*workspace, loaded, run, control);
    if (result)
        answer->result = std::make_shared<const LensResult>(std::move(*result));
    else
        answer->problem = result.error().message;
    return answer;
}

void LensRunner::run(const Lens& lens, const LensValues& values, const QString& file, const ArcsPtr& arcs)
{
    if (!m_shelf || m_opening != m_state.opening()) {
        m_shelf = std::make_shared<Shelf>();
        m_opening = m_state.opening();
    }
    m_progress = std::make_shared<Progress>();
    m_timer.start();
    m_task.start(
        [open = m_state.openCorpus(), corpus = m_state.corpus(), &lens, values, rows = m_state.matches(),
         prices = m_state.prices().table(), file = file.toStdString(), arcs, shelf = m_shelf,
         progress = m_progress](std::stop_token stop) -> LensAnswerPtr {
            std::call_once(shelf->read, [&] {
                if (auto workspace = Workspace::open(open->session->workspace.path()))
                    static_cast<void>(shelf->cache.load(*workspace)); // what cannot be read is searched again
            });
            return answerOf(*open, corpus, lens, values, rows, prices.get(), file, arcs, &shelf->cache,
                            {stop, progress.get()});
        },
        [this](const LensAnswerPtr& answer) {
            m_timer.stop();
            emit answered(answer);
        });
}

} // namespace arcscope
