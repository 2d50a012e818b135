"""Opinion polls: series and waves, questionnaires, answers, both percentages, findings."""
