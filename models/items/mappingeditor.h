// MappingEditor: a mapping in the making for one file; looks at the file and tries the mapping beside the GUI thread.
#pragma once

#include "latesttask.h"
#include "mappingfieldmodel.h"
#include "mappingspanmodel.h"
#include "result.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <memory>

namespace arcscope
{

struct FilePreview;
struct MappingTrial;

class MappingEditor : public QObject
{
    Q_OBJECT

public:
    explicit MappingEditor(const QString& path, QObject* parent = nullptr);
    ~MappingEditor() override;

    QString path() const { return m_path; }
    MappingFieldModel& fields() { return m_fields; }
    MappingSpanModel& spans() { return m_spans; }
    /// The file is being looked at, or the mapping tried.
    bool busy() const { return m_look.running() || m_try.running() || m_delay.isActive(); }

    QStringList recordChoices() const; ///< as mappings write the paths
    int recordChoice() const { return m_records; }
    void setRecordChoice(int choice);
    QStringList kindChoices() const;
    int kindChoice() const { return m_kind; }
    void setKindChoice(int choice);
    QString name() const { return m_name; }
    void setName(const QString& name);

    /// What is wrong; empty where the mapping can be saved.
    QString problem() const { return m_problem; }
    /// "120 spans in 12 traces from the first 200 records."
    QString summary() const { return m_summary; }
    /// What the ledger says of these records, a line each.
    QStringList notes() const { return m_notes; }
    QString text() const;

    /// Whether a mapping of that name is there already.
    bool replacesAnother() const;
    /// Saves for this and the next time; false where that failed, which problem() says.
    bool save();

signals:
    void changed();

private:
    void look();
    void took(const std::shared_ptr<Result<FilePreview>>& preview);
    void tryLater();
    void tryNow();
    void tried(const std::shared_ptr<Result<MappingTrial>>& trial);
    void setKindByFields();

    QString m_path;
    QString m_name;
    MappingFieldModel m_fields;
    MappingSpanModel m_spans;
    std::unique_ptr<FilePreview> m_preview;
    int m_records = 0;
    int m_kind = 0;
    bool m_kindChosen = false;
    QString m_problem;
    QString m_summary;
    QStringList m_notes;
    QTimer m_delay;
    LatestTask<std::shared_ptr<Result<FilePreview>>> m_look;
    LatestTask<std::shared_ptr<Result<MappingTrial>>> m_try;
};

} // namespace arcscope
