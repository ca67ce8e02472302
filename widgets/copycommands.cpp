#include "copycommands.h"

#include "displaytext.h"
#include "spanrowmodel.h"
#include "streamtext.h"
#include "timelineview.h"
#include "viewexport.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QImage>
#include <QPointer>
#include <QTabWidget>
#include <QTableView>
#include <QTreeView>

#include <algorithm>

namespace arcscope
{
namespace
{

const QHeaderView* headerOf(const QAbstractItemView& table)
{
    if (const auto* rows = qobject_cast<const QTableView*>(&table))
        return rows->horizontalHeader();
    if (const auto* tree = qobject_cast<const QTreeView*>(&table))
        return tree->header();
    return nullptr;
}

/// As they are arranged, without hidden ones.
QList<int> columnsOf(const QAbstractItemView& table)
{
    QList<int> columns;
    const QHeaderView* header = headerOf(table);
    for (int at = 0; header && at < header->count(); ++at) {
        const int column = header->logicalIndex(at);
        if (!header->isSectionHidden(column))
            columns << column;
    }
    return columns;
}

bool hasRows(const QAbstractItemView* table)
{
    return table && !qobject_cast<const QHeaderView*>(table) && table->model() && table->model()->rowCount() > 0;
}

const QAbstractItemView* shownTable(const QWidget& view)
{
    for (const QWidget* at = QApplication::focusWidget(); at && view.isAncestorOf(at); at = at->parentWidget()) {
        if (const auto* table = qobject_cast<const QAbstractItemView*>(at); hasRows(table))
            return table;
    }
    const QAbstractItemView* largest = nullptr;
    const QAbstractItemView* behind = nullptr; ///< of a chart
    const auto area = [](const QWidget* widget) { return qint64{widget->width()} * widget->height(); };
    for (const QAbstractItemView* table : view.findChildren<QAbstractItemView*>()) {
        if (!hasRows(table))
            continue;
        if (!table->isVisibleTo(&view))
            behind = behind ? behind : table;
        else if (!largest || area(table) > area(largest))
            largest = table;
    }
    return largest ? largest : behind;
}

CopiedTable tableOf(const QAbstractItemView& table)
{
    const QModelIndexList chosen = table.selectionModel() ? table.selectionModel()->selectedRows() : QModelIndexList();
    return chosen.size() > 1 ? copiedRows(chosen, columnsOf(table)) : copiedTable(*table.model(), columnsOf(table));
}

CopiedTable tableOf(const CorpusPtr& corpus, std::vector<Row> rows)
{
    SpanRowModel model;
    model.setSpans(corpus, std::move(rows));
    return copiedTable(model);
}

/// A text as a table of its lines.
CopiedTable linesOf(const QString& text)
{
    CopiedTable table;
    table.header << QCoreApplication::translate("CopyCommands", "Text");
    table.toTheRight << false;
    for (const QString& line : text.split(QLatin1Char('\n')))
        table.lines << CopiedTable::Line{0, {line}};
    return table;
}

} // namespace

CopiedTable spanTable(const CorpusPtr& corpus, std::optional<std::uint32_t> trace, const std::vector<Row>* matches)
{
    std::vector<Row> rows;
    if (matches) {
        std::copy_if(matches->begin(), matches->end(), std::back_inserter(rows),
                     [&](Row row) { return !trace || corpus->spans.at(SpanColumn::Trace, row) == *trace; });
    } else if (trace) {
        rows = corpus->rowsOf(*trace);
    } else {
        for (std::uint32_t one = 0; one < corpus->traces.rows() && rows.size() <= mostCopiedLines; ++one) {
            const std::vector<Row> more = corpus->rowsOf(one);
            rows.insert(rows.end(), more.begin(), more.end());
        }
    }
    return tableOf(corpus, std::move(rows));
}

std::optional<CopiedTable> tableShownIn(QWidget& view, const AppState& state)
{
    return qobject_cast<TimelineView*>(&view) && !shownTable(view)
               ? spanTable(state.corpus(), state.trace(), state.matches().get())
               : tableShownIn(view);
}

std::optional<CopiedTable> tableShownIn(QWidget& view)
{
    if (const QAbstractItemView* const table = shownTable(view))
        return tableOf(*table);
    if (const auto* text = view.findChild<StreamText*>(); text && text->isVisibleTo(&view))
        return linesOf(text->wholeText());
    return std::nullopt;
}

CopyCommands::CopyCommands(AppState& state, QTabWidget& views, std::function<QString()> title, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_views(views)
    , m_title(std::move(title))
    , m_origin(state)
{
}

void CopyCommands::addActions(ActionRegistry& actions, QMenu* edit)
{
    QMenu* const menu = edit->addMenu(tr("Copy the vie&w"));
    const auto add = [&](const CommandSpec& spec, Form form) {
        QAction* const action = actions.add(spec, menu, [this, form] { copy(form); });
        const auto show = [this, action] { action->setEnabled(m_state.isOpen()); };
        connect(&m_state, &AppState::loadingChanged, action, show);
        show();
    };
    add({"edit.copyView",
         tr("In &all forms"),
         tr("Copy what the view shows as a picture and as text: where it is pasted chooses"),
         {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_V)},
         {}},
        Form::All);
    add({"edit.copyView.image", tr("As &image"), tr("Copy a picture of the view"), {}, {}}, Form::Picture);
    add({"edit.copyView.markdown", tr("As &Markdown"), tr("Copy the table of the view as Markdown"), {}, {}},
        Form::Markdown);
    add({"edit.copyView.tsv", tr("As &TSV"), tr("Copy the table of the view, cells apart by tabs"), {}, {}}, Form::Tsv);
    add({"edit.copyView.json", tr("As &JSON"), tr("Copy the table of the view as JSON"), {}, {}}, Form::Json);
}

/// Digests may have to be read: the clipboard follows in a moment.
void CopyCommands::copy(Form form)
{
    QWidget* const view = m_views.currentWidget();
    if (!view || !m_state.isOpen())
        return;
    m_origin.ask([this, form, kept = QPointer<QWidget>(view)](const Origin& origin) {
        if (kept)
            give(form, *kept, origin.line);
    });
}

void CopyCommands::give(Form form, QWidget& view, const QString& about)
{
    const QString title = m_title();
    QImage image;
    if (form == Form::All || form == Form::Picture) {
        const auto png = pictureOf(view, PictureFormat::Png, {.title = title, .about = about, .scale = 2});
        if (!png && form == Form::Picture) {
            emit said(oneLine(png.error().message));
            return;
        }
        if (png)
            image = QImage::fromData(*png);
    }
    auto table = form == Form::Picture ? std::nullopt : tableShownIn(view, m_state);
    if (!table && image.isNull()) {
        emit said(tr("The view shows no table"));
        return;
    }
    if (table) {
        table->title = title;
        table->about = about;
    }
    QMimeData* const mime = table ? tableMime(*table) : new QMimeData;
    if (form == Form::Markdown)
        mime->setText(tableMarkdown(*table));
    else if (form == Form::Json)
        mime->setText(QString::fromUtf8(tableJson(*table)));
    if (!image.isNull())
        mime->setImageData(image);
    QGuiApplication::clipboard()->setMimeData(mime);
    emit said(form == Form::Picture ? tr("A picture of the view is on the clipboard")
                                    : tr("The table of the view is on the clipboard"));
}

} // namespace arcscope
