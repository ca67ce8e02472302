// LensRunner: runs one lens over what is open, beside the GUI thread.
#pragma once

#include "appstate.h"
#include "foundarcs.h"
#include "lens.h"
#include "lenstablemodel.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <string>

namespace arcscope
{

/// What a lens said, and what it was asked.
struct LensAnswer {
    const Lens* lens = nullptr;
    LensValues values;
    CorpusPtr corpus;     ///< that rows of the result are of
    LensResultPtr result; ///< null where there is a problem
    std::string problem;
};
using LensAnswerPtr = std::shared_ptr<const LensAnswer>;

/// What detectors found for one lens is kept for the next, for as long as the same is open.
class LensRunner : public QObject
{
    Q_OBJECT

public:
    explicit LensRunner(AppState& state, QObject* parent = nullptr);
    ~LensRunner() override;

    /// Of all spans, or of those that match the filter. What was running is dropped. Something has to be open.
    /// `file`: what the lens reads beside the corpus; empty: nothing. `arcs`: of the state that
    /// is open, with what people decided; null: they are searched.
    void run(const Lens& lens, const LensValues& values, const QString& file = {}, const ArcsPtr& arcs = {});
    void cancel();
    bool running() const { return m_task.running(); }
    /// Spans that were read; 0 while nothing has to be read.
    std::uint64_t spansDone() const;

signals:
    void answered(const arcscope::LensAnswerPtr& answer);
    void progressed(); ///< ten times a second while running

private:
    struct Shelf;

    AppState& m_state;
    std::shared_ptr<Shelf> m_shelf;
    unsigned m_opening = 0;
    std::shared_ptr<Progress> m_progress;
    QTimer m_timer;
    LatestTask<LensAnswerPtr> m_task;
};

/// Any thread; opens the workspace for itself.
LensAnswerPtr answerOf(const OpenCorpus& open, const CorpusPtr& corpus, const Lens& lens, const LensValues& values,
                       const RowsPtr& rows, const PriceTable* prices, const std::string& file, const ArcsPtr& arcs,
                       class FindingCache* cache, const Control& control);

} // namespace arcscope
