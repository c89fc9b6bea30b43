import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { jobs } from "./jobs";

export const interviewScores = sqliteTable("interview_scores", {
  id: text("id").primaryKey(),
  jobId: text("job_id")
    .notNull()
    .references(() => jobs.id),
  score: integer("score").notNull(),
});
