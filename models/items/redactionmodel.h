// RedactionModel: what would be taken out before something leaves, by rule and value, with the places by field.
#pragma once

#include <QAbstractTableModel>
#include <QByteArray>
#include <QStringList>

#include <vector>

namespace arcscope
{

class RedactionModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { RuleColumn, ValueColumn, TimesColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// What `redact --preview --json` prints; the most frequent values of a rule first. False, and empty, for anything
    /// else.
    bool setPreview(const QByteArray& json);
    void clear();

    qint64 values() const { return static_cast<qint64>(m_rows.size()); }
    qint64 places() const { return m_places; }
    qint64 spans() const { return m_spans; }
    qint64 traces() const { return m_traces; }
    /// Spans that name the people asked for, "chat (span 7f1, trace 5b8) 2", and how many; -1: nobody was asked for.
    qint64 naming() const { return m_naming; }
    QString namingText(int most) const;
    /// "gen_ai.input.messages 12, note 3": where, the most frequent first.
    QString placesText(int most) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Removed {
        QString rule;
        QString value;
        qint64 times = 0;
    };

    std::vector<Removed> m_rows;
    std::vector<std::pair<qint64, QString>> m_fields; ///< times and name
    qint64 m_places = 0;
    qint64 m_spans = 0;
    qint64 m_traces = 0;
    qint64 m_naming = -1;
    QStringList m_namingSpans;
};

} // namespace arcscope
