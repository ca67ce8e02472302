// StreamJsonModel: the JSON of a stream as a tree, as far as it had come at the playhead.
#pragma once

#include "streamsubject.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace arcscope
{

/// Rows come and go with the playhead, so that what is expanded stays so.
class StreamJsonModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, UsableColumn, ClosedColumn, ChangesColumn, ColumnCount };
    /// bool: more of the value may come.
    enum Role { OpenRole = Qt::UserRole };

    explicit StreamJsonModel(QObject* parent = nullptr);

    /// `json` is one of subject->json, or null for none. Shows nothing until showAt().
    void setJson(std::shared_ptr<const StreamSubject> subject, const StreamJson* json);
    const StreamJson* json() const { return m_json; }
    void showAt(std::uint32_t event);
    /// In words, whether what came so far is a document, and once it is whole, the one that its schema asks for:
    /// "valid so far", "complete, as its schema asks", …
    QString stateText() const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    const JsonNode& node(const QModelIndex& index) const;
    QModelIndex indexOf(JsonIndex node) const;
    void insertNext();
    void removeLast();
    QString nameOf(JsonIndex node) const;
    /// What the schema says of a value, once the document is whole; empty: nothing.
    QString violationOf(JsonIndex node) const;
    /// Null where no schema is recorded, and before the document is whole.
    const DocumentCheck* check() const;
    QString valueOf(JsonIndex node) const;
    QString momentOf(std::int64_t byte) const;

    std::shared_ptr<const StreamSubject> m_subject;
    const StreamJson* m_json = nullptr;
    std::vector<std::vector<JsonIndex>> m_children; ///< by node, of the whole document
    std::vector<int> m_shown;                       ///< of these, that are there
    JsonIndex m_present = 0;
    std::int64_t m_bytes = 0;
};

} // namespace arcscope
