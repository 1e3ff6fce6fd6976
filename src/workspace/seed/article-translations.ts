import type { ArticleContent } from '../article.ts'
import type { ArticleName, Text } from './article-texts.ts'

type Translation = Text & Partial<Pick<ArticleContent, 'state'>>

/** What some articles say in other languages. */
export const articleTranslations: Readonly<Partial<Record<ArticleName, Readonly<Partial<Record<'fr' | 'es', Translation>>>>>> = {
  page: {
    fr: {
      title: 'Créer votre page de réservation',
      description: 'Votre domaine, vos photos, onze langues.',
      intro: 'Sur la page de réservation, vos clients choisissent une sortie, paient et signent.',
      steps: ['Ouvrez <b>Réglages &gt; Page de réservation</b>.', 'Indiquez votre domaine.', 'Choisissez les langues.'],
    },
    es: {
      title: 'Crear su página de reservas',
      description: 'Su dominio, sus fotos, once idiomas.',
      intro: 'En la página de reservas sus clientes eligen una salida, pagan y firman.',
      steps: ['Abra <b>Ajustes &gt; Página de reservas</b>.', 'Escriba su dominio.', 'Elija los idiomas.'],
    },
  },
  deposits: {
    fr: { title: 'Demander un acompte', description: 'Une partie à la réservation, le reste le jour même.', intro: 'L’acompte est prélevé à la réservation ; le solde est dû le jour de la sortie.' },
  },
  vouchers: {
    es: { title: 'Vender y canjear bonos', description: 'Válidos tres años.', intro: 'Los clientes compran los bonos en su página de reservas y los canjean allí con el código.' },
  },
  waivers: {
    fr: { title: 'Décharges sur le téléphone du client', description: 'Signées avant l’arrivée.', intro: 'Chaque client reçoit un lien la veille et signe sur son téléphone.' },
  },
  refunds: {
    fr: {
      title: 'Rembourser un client',
      description: 'En tout ou en partie, sur la carte.',
      intro: 'L’argent revient sur la carte qui a payé, sous cinq jours ouvrés.',
      steps: ['Ouvrez la réservation et appuyez sur <b>Rembourser</b>.', 'Choisissez le tout, une partie ou un bon.'],
    },
    es: {
      title: 'Reembolsar a un cliente',
      description: 'Todo o una parte, a la tarjeta.',
      intro: 'El dinero vuelve a la tarjeta que pagó, en cinco días laborables.',
      steps: ['Abra la reserva y pulse <b>Reembolsar</b>.', 'Elija todo, una parte o un bono.'],
    },
  },
  hold: {
    fr: { state: 'draft', title: 'Suspendre une sortie pour météo', description: 'À relire.', intro: 'La suspension garde le créneau et prévient les clients, sans annuler.' },
  },
}
