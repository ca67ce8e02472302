// Copying what a view shows, the same for every view: as a picture, and its table as Markdown, TSV or JSON, with where
// it comes from below it.
#pragma once

#include "actionregistry.h"
#include "originline.h"
#include "tabletext.h"

#include <optional>

class QTabWidget;

namespace arcscope
{

/// The table that a view shows: the one that has the focus, else the largest in sight that has rows, as its columns are
/// arranged; of more than one selected row only those. Of a chart the table behind it, of a timeline the spans that it
/// shows, of a stream the lines that can be read. Nothing where there is none.
std::optional<CopiedTable> tableShownIn(QWidget& view, const AppState& state);
/// The same of a view that needs no state: of any but a timeline.
std::optional<CopiedTable> tableShownIn(QWidget& view);
/// What stands for a timeline: its spans, of the trace or all; null: no filter.
CopiedTable spanTable(const CorpusPtr& corpus, std::optional<std::uint32_t> trace, const std::vector<Row>* matches);

class CopyCommands : public QObject
{
    Q_OBJECT

public:
    /// `title` tells what is shown.
    CopyCommands(AppState& state, QTabWidget& views, std::function<QString()> title, QObject* parent);

    void addActions(ActionRegistry& actions, QMenu* edit);
    OriginLine& origin() { return m_origin; }

signals:
    void said(const QString& message);

private:
    enum class Form : std::uint8_t { All, Picture, Markdown, Tsv, Json };

    void copy(Form form);
    void give(Form form, QWidget& view, const QString& about);

    AppState& m_state;
    QTabWidget& m_views;
    std::function<QString()> m_title;
    OriginLine m_origin;
};

} // namespace arcscope
