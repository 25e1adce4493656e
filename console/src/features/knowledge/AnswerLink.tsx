/** The address of one answer, as citations name it: leads to the list with the answer open. */
import { Navigate, useParams } from '@tanstack/react-router'

export function AnswerLink() {
  const { answer } = useParams({ from: '/shell/knowledge/answers/$answer' })
  return <Navigate to="/knowledge" search={{ tab: 'answers', answer: Number(answer) }} replace />
}
