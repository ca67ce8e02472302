// StoryModel: the steps of the story as a table; titles are edited in it.
#pragma once

#include "appstate.h"
#include "story.h"

#include <QAbstractTableModel>

namespace arcscope
{

class StoryModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TitleColumn, TextColumn, ViewColumn, ColumnCount };

    explicit StoryModel(AppState& state, QObject* parent = nullptr);

    const Story& story() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    /// Changes nothing itself: titleEdited() says what is wanted.
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void titleEdited(int row, const QString& title);

private:
    void list();

    AppState& m_state;
    Story m_story; ///< as it is listed
};

/// What a step is called: its title, else the beginning of its text, else its number, counted from 1.
QString stepName(const Story& story, std::size_t step);

} // namespace arcscope
