// The picture of the tools tab: every row that is seen there, whatever is scrolled into sight.
#include "axis.h"
#include "callcanvas.h"
#include "calltreeview.h"
#include "callwords.h"
#include "displaytext.h"
#include "spanglyph.h"
#include "toolsview.h"
#include "viewdrawing.h"
#include "viewexport.h"

#include <QCoreApplication>

namespace arcscope
{
namespace
{

constexpr int margin = pictureMargin;

QString tr(const char* text)
{
    return QCoreApplication::translate("ViewExport", text);
}

class CallDrawing : public Drawing
{
public:
    CallDrawing(const CallCanvas& canvas, const CallTreeModel& model, const ExportOptions& options, int width,
                double pixelScale)
        : Drawing(canvas, canvas.theme(), pixelScale)
        , m_subject(canvas.subject())
        , m_rows(*canvas.rows())
        , m_model(model)
        , m_marks(canvas.marks())
        , m_style{theme, labels, pixelScale}
        , m_whole(px(std::max(width, 300)))
    {
        const int em = labels.metrics().averageCharWidth();
        m_columns = {0, 25 * em, 10 * em, 10 * em, 8 * em};
        const int others = m_columns[1] + m_columns[2] + m_columns[3] + m_columns[4];
        m_columns[0] = std::max(14 * em, std::min(46 * em, m_whole * 11 / 20 - others));
        m_table = m_columns[0] + others + px(10);
        CallViewport view = canvas.viewport();
        view.width = std::max(1, m_whole - m_table - px(2 * margin));
        if (canvas.folding()) { // all rows are in sight
            view.range = fitting(m_subject->lanes.calls, m_subject->lanes.bounds, view.width);
            view.fold = labels.metrics().height() + px(7);
        }
        view.rowHeight = labels.metrics().height() + px(6);
        view.tickSpacing = labels.metrics().averageCharWidth() * 15;
        view.scroll = 0;
        const int needed = contentHeight(m_rows, view);
        view.height = std::min(needed, px(options.maxHeight));
        m_cut = view.height < needed;
        m_scene = layOut(m_subject->lanes, m_rows, view);
        m_legend = paintCallLegend(nullptr, m_scene, m_subject->lanes, m_style);
    }

    QSize size() const override
    {
        return {m_whole, px(margin) + axisHeight() + m_scene.viewport.height + px(margin) + m_legend};
    }

    void paint(QPainter& painter, QImage*) override
    {
        const CallViewport& view = m_scene.viewport;
        const QPoint body(px(margin) + m_table, px(margin) + axisHeight());
        painter.translate(body);
        paintCalls(painter, m_scene, m_subject->lanes, m_rows, m_marks, m_style);
        // Painters of shapes do not clip: what reaches beyond the lanes is covered.
        painter.fillRect(-body.x(), -body.y(), body.x(), size().height(), theme.canvas);
        painter.fillRect(view.width, -body.y(), px(margin), size().height(), theme.canvas);
        painter.translate(0, view.height + px(margin) / 2);
        paintCallLegend(&painter, m_scene, m_subject->lanes, m_style);
        painter.translate(0, -view.height - px(margin) / 2 - axisHeight());
        paintCallAxis(painter, m_scene, axisHeight(), m_style);
        painter.translate(-m_table, 0);
        paintTable(painter);
    }

    QStringList facts() const override
    {
        const TimeRange& bounds = m_subject->lanes.bounds;
        const TimeRange& seen = m_scene.axis.range();
        // Margins are no part of what is told.
        const TimeRange range{std::max(seen.start, bounds.start), std::min(seen.end, bounds.end)};
        QStringList facts;
        if (!m_subject->lanes.ordinal)
            facts << tr("%1 to %2").arg(callMoment(*m_subject, range.start), callMoment(*m_subject, range.end))
                  << tr("from %1").arg(QString::fromStdString(isoText(m_subject->lanes.bounds.start)));
        facts << treeSummary(*m_subject);
        if (m_cut)
            facts << tr("not all rows are shown");
        return facts;
    }

private:
    int axisHeight() const { return labels.metrics().height() + px(10); }

    void cell(QPainter& painter, const QString& text, const QRect& rect, bool right)
    {
        painter.drawText(rect.adjusted(px(3), 0, -px(3), 0),
                         Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft) | Qt::TextSingleLine,
                         labels.metrics().elidedText(text, Qt::ElideRight, rect.width() - px(6)));
    }

    void paintTable(QPainter& painter)
    {
        constexpr int shown[] = {CallTreeModel::CallColumn, CallTreeModel::StateColumn, CallTreeModel::WaitColumn,
                                 CallTreeModel::RunColumn, CallTreeModel::RetryColumn};
        painter.setFont(labels.font());
        painter.setPen(theme.muted);
        int x = 0;
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            cell(painter, m_model.headerData(shown[i], Qt::Horizontal, Qt::DisplayRole).toString(),
                 QRect(x, 0, m_columns[i], axisHeight()), i > 1);
            x += m_columns[i];
        }
        const int line = px(1);
        painter.fillRect(0, axisHeight() - line, m_table, line, theme.rule);
        const int high = m_scene.viewport.rowHeight;
        const int last = axisHeight() + m_scene.viewport.height;
        for (std::uint32_t place = 0; place < m_scene.places; ++place) {
            const std::uint32_t node = m_rows.visible()[place];
            const int y = axisHeight() + static_cast<int>(place) * high;
            if (y + high > last)
                break; // a row in part is no row
            if (place % 2 == 1)
                painter.fillRect(0, y, m_table, high, theme.stripe);
            x = 0;
            for (std::size_t i = 0; i < m_columns.size(); ++i) {
                const QModelIndex index = m_model.indexOf(node, shown[i]);
                int indent = 0;
                if (i == 0)
                    indent = px(2) + static_cast<int>(std::min(m_subject->node(node).depth, CallTreeView::mostLevels)) *
                                         labels.metrics().averageCharWidth() * 3 / 2;
                const bool problem =
                    shown[i] == CallTreeModel::StateColumn && m_subject->lanes.rows[node].flags.problem();
                painter.setPen(problem ? theme[ColourRole::Contradiction].ink : theme.text);
                cell(painter, index.data().toString(), QRect(x + indent, y, m_columns[i] - indent, high), i > 1);
                x += m_columns[i];
            }
        }
    }

    CallTreePtr m_subject;
    const CallRows& m_rows;
    const CallTreeModel& m_model;
    CallMarks m_marks;
    TimelineStyle m_style;
    int m_whole;
    std::array<int, 5> m_columns{};
    int m_table = 0;
    int m_legend = 0;
    CallScene m_scene;
    bool m_cut = false;
};

} // namespace

std::unique_ptr<Drawing> callDrawing(const ToolsView& view, const ExportOptions& options, double scale)
{
    return std::make_unique<CallDrawing>(*view.canvas(), *view.model(), options, view.width(), scale);
}

} // namespace arcscope
