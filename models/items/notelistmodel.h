// NoteListModel: everything that people wrote about what is open, as a table.
#pragma once

#include "appstate.h"
#include "foundplaces.h"
#include "latesttask.h"
#include "noteentry.h"

#include <QAbstractTableModel>
#include <QHash>

#include <vector>

namespace arcscope
{

/// Annotations, what was said of findings, reviews of task arcs and of replays; the newest last. Where the places are
/// is looked for beside the GUI thread.
class NoteListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { KindColumn, TextColumn, PlaceColumn, WhenColumn, AuthorColumn, ColumnCount };
    enum Role { SortRole = Qt::UserRole, FilterRole };

    explicit NoteListModel(AppState& state, QObject* parent = nullptr);

    const NoteEntry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    /// -1: not there.
    int rowOf(const QString& identity) const;
    /// Where its place is now, as far as that is known.
    FoundPlace found(const NoteEntry& entry) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void list();
    void findAll();
    QString placeText(const NoteEntry& entry) const;
    QString text(const NoteEntry& entry, int column) const;

    AppState& m_state;
    std::vector<NoteEntry> m_entries;
    QHash<QString, FoundPlace> m_found; ///< by place
    unsigned m_revision = 0;            ///< of the corpus that m_found is of
    LatestTask<std::vector<FoundPlace>> m_task;
};

/// "event 4", "bytes 3 to 12", "2.3 s from 2026-11-02 09:14:03.125"; empty for the whole.
QString partText(const PlacePart& part);

} // namespace arcscope
