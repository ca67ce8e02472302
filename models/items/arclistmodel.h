// ArcListModel: task arcs as a table, made line by line when they are looked at.
#pragma once

#include "arclisting.h"

#include <QAbstractTableModel>

namespace arcscope
{

/// A line is an arc, or the heading of a group. What is listed in which order is an ArcListing, made elsewhere.
class ArcListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        ArcRole = Qt::UserRole, ///< number of the arc; -1 for a heading
        HeadingRole,            ///< true for a heading
        OutcomeRole,            ///< ArcOutcome as a number
        SourceRole,             ///< ArcSource as a number
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null: nothing.
    void setListing(ListingPtr listing);
    const ListingPtr& listing() const { return m_listing; }
    const FoundArcs& of() const { return *m_listing->of; }
    /// Nothing for a heading.
    std::optional<std::uint32_t> arcAt(int line) const;
    const ArcListGroup* groupAt(int line) const;
    /// -1: not in the list.
    int lineOf(std::uint32_t arc) const;
    /// The next arc in that direction from a line, over headings; -1: none.
    int nextArcLine(int line, int step) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// Asks for another listing.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// Texts that were made: what a view costs, for tests.
    std::size_t touched() const { return m_touched; }

signals:
    void sortRequested(arcscope::ArcListColumn column, bool descending);

private:
    QString text(std::uint32_t arc, ArcListColumn column) const;
    QString headingText(const ArcListGroup& group, ArcListColumn column) const;
    QString spoken(std::uint32_t arc, ArcListColumn column) const;

    ListingPtr m_listing;
    mutable std::size_t m_touched = 0;
};

QString columnTitle(ArcListColumn column);
QString measureText(ArcMeasure measure);
QString troubleText(ArcTrouble trouble);    ///< of its chip
QString troubleMeaning(ArcTrouble trouble); ///< a sentence
/// The name of a group: an outcome, a value, "not recorded".
QString groupText(const ArcListing& listing, const ArcListGroup& group);
/// "12 of 40 arcs (30 %)".
QString shareOfArcs(std::uint64_t count, std::uint64_t of);
/// What a sum of a measure says: "1,204", "3 h 02 min", "1.2345 USD"; "–" where nothing is recorded.
QString sumText(const ArcListing& listing, const ArcSums& sums, ArcMeasure measure);

} // namespace arcscope
